import Glibc

/// A file that is only appended to, and made durable when asked.
struct LogFile: ~Copyable {
    let path: String
    private let descriptor: Int32
    /// Bytes of the file that were written whole.
    private(set) var size: Int

    /// Creates the file; one that exists is an error.
    init(creating path: String) throws(StorageError) {
        self.path = path
        descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw StorageError("open", path) }
        size = 0
    }

    deinit {
        close(descriptor)
    }

    /// Appends all bytes, or takes back what it had written of them.
    mutating func append(_ bytes: [UInt8]) throws(StorageError) {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { bytes in
                write(descriptor, bytes.baseAddress.map { $0 + written }, bytes.count - written)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                let error = StorageError("write", path)
                if ftruncate(descriptor, off_t(size)) == 0 {
                    lseek(descriptor, off_t(size), SEEK_SET)
                }
                throw error
            }
            written += count
        }
        size += written
    }

    /// Waits until everything that was appended would survive the loss of power.
    borrowing func sync() throws(StorageError) {
        guard fdatasync(descriptor) == 0 else { throw StorageError("fdatasync", path) }
    }
}

/// Folders and whole files, in the few ways in which storage uses them.
enum Files {
    /// Makes the entries of a folder durable: files that were made, renamed or removed in it.
    static func syncFolder(_ path: String) throws(StorageError) {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw StorageError("open", path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw StorageError("fsync", path) }
    }

    static func makeFolder(_ path: String, mode: UInt32 = 0o755) throws(StorageError) {
        guard mkdir(path, mode) == 0 || errno == EEXIST else { throw StorageError("mkdir", path) }
    }

    /// Names in a folder, sorted; empty when there is no such folder.
    static func names(in path: String) throws(StorageError) -> [String] {
        guard let folder = opendir(path) else {
            if errno == ENOENT { return [] }
            throw StorageError("open", path)
        }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    static func size(of path: String) -> Int? {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_size) : nil
    }

    /// Bytes of all files in a folder and below; what cannot be looked at counts as nothing.
    static func treeSize(_ path: String) -> Int {
        guard isFolder(path) else { return size(of: path) ?? 0 }
        let names = (try? names(in: path)) ?? []
        return names.reduce(0) { $0 + treeSize(path + "/" + $1) }
    }

    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// Reads a file of at most `limit` bytes.
    static func read(_ path: String, limit: Int) throws(StorageError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw StorageError("open", path) }
        defer { close(descriptor) }
        guard let size = size(of: path) else { throw StorageError("stat", path) }
        guard size <= limit else {
            throw StorageError("read", path, reason: "\(size) bytes are more than \(limit)")
        }
        return try read(descriptor, at: 0, count: size, path: path)
    }

    /// Reads exactly `count` bytes from a place of a file.
    static func read(
        _ descriptor: Int32, at offset: Int, count: Int, path: String
    ) throws(StorageError) -> [UInt8] {
        var failure: StorageError?
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                let got = pread(
                    descriptor, buffer.baseAddress.map { $0 + filled }, count - filled,
                    off_t(offset + filled))
                if got < 0, errno == EINTR { continue }
                guard got > 0 else {
                    failure =
                        got < 0
                        ? StorageError("read", path)
                        : StorageError("read", path, reason: "unexpected EOF")
                    return
                }
                filled += got
            }
        }
        if let failure { throw failure }
        return bytes
    }

    /// Writes a new file durably.
    static func write(_ bytes: [UInt8], to path: String) throws(StorageError) {
        var file = try LogFile(creating: path)
        try file.append(bytes)
        try file.sync()
    }

    /// Shortens a file durably.
    static func truncate(_ path: String, to size: Int) throws(StorageError) {
        let descriptor = open(path, O_WRONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw StorageError("open", path) }
        defer { close(descriptor) }
        guard ftruncate(descriptor, off_t(size)) == 0, fsync(descriptor) == 0 else {
            throw StorageError("truncate", path)
        }
    }

    static func rename(_ old: String, to new: String) throws(StorageError) {
        guard Glibc.rename(old, new) == 0 else { throw StorageError("rename", old) }
    }

    static func remove(_ path: String) throws(StorageError) {
        guard unlink(path) == 0 || errno == ENOENT else { throw StorageError("remove", path) }
    }

    /// Removes a folder with everything in it; links are removed, not followed.
    static func removeTree(_ path: String) throws(StorageError) {
        var status = stat()
        guard lstat(path, &status) == 0 else { return }
        if status.st_mode & S_IFMT == S_IFDIR {
            for name in try names(in: path) { try removeTree(path + "/" + name) }
            guard rmdir(path) == 0 else { throw StorageError("remove", path) }
        } else {
            try remove(path)
        }
    }
}
