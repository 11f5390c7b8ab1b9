import Glibc

/// Calls on files, with errors in the words of Go's `os` package.
package enum SystemCall {
    /// `open P: permission denied`.
    package static func failure(_ operation: String, _ path: String) -> ObjectStoreError {
        let code = errno
        let reason = String(cString: strerror(code)).lowercased()
        return ObjectStoreError(
            code == ENOENT ? .notFound : .file, "\(operation) \(path): \(reason)")
    }

    package static func open(
        _ path: String, _ flags: CInt, mode: UInt32 = 0o644
    ) throws(ObjectStoreError) -> CInt {
        let descriptor = Glibc.open(path, flags | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw failure("open", path) }
        return descriptor
    }

    /// Go's `os.MkdirAll`.
    package static func makeDirectories(
        _ path: String, mode: UInt32 = 0o777
    ) throws(ObjectStoreError) {
        if mkdir(path, mode) == 0 || errno == EEXIST { return }
        guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash > path.startIndex
        else { throw failure("mkdir", path) }
        try makeDirectories(String(path[..<slash]), mode: mode)
        guard mkdir(path, mode) == 0 || errno == EEXIST else { throw failure("mkdir", path) }
    }

    /// The names in a folder, sorted by bytes.
    package static func names(in folder: String) throws(ObjectStoreError) -> [String] {
        guard let stream = opendir(folder) else { throw failure("open", folder) }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// Makes a rename or a removal in a folder survive a power failure.
    package static func synchronize(folder: String) throws(ObjectStoreError) {
        let descriptor = try open(folder, O_RDONLY | O_DIRECTORY)
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw failure("sync", folder) }
    }
}

extension SystemCall {
    /// Up to `count` bytes from `offset`; fewer only at the end of the file.
    package static func read(
        _ descriptor: CInt, at offset: Int, count: Int, path: String
    ) throws(ObjectStoreError) -> [UInt8] {
        var failed = false
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                let place = buffer.baseAddress.map { $0 + filled }
                let got = pread(descriptor, place, count - filled, off_t(offset + filled))
                if got < 0, errno == EINTR { continue }
                failed = got < 0
                guard got > 0 else { return }
                filled += got
            }
        }
        guard !failed else { throw failure("read", path) }
        return bytes
    }

    package static func write(
        _ bytes: [UInt8], to descriptor: CInt, path: String
    ) throws(ObjectStoreError) {
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress.map { $0 + done }, $0.count - done)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw failure("write", path) }
            done += count
        }
    }

    /// The whole of a small file; one above `limit` bytes is refused.
    package static func contents(
        of path: String, limit: Int
    ) throws(ObjectStoreError) -> [UInt8] {
        let descriptor = try open(path, O_RDONLY)
        defer { close(descriptor) }
        // One byte more than allowed is enough to know that there are too many.
        let size = try size(of: descriptor, path: path)
        let bytes = try read(descriptor, at: 0, count: min(size, limit) + 1, path: path)
        guard bytes.count <= limit else {
            throw ObjectStoreError(.tooLarge, "read \(path): more than \(limit) bytes")
        }
        return bytes
    }

    /// Some bytes of a file, fewer where it ends before them.
    package static func contents(
        of path: String, bytes: Range<Int>
    ) throws(ObjectStoreError) -> [UInt8] {
        let descriptor = try open(path, O_RDONLY)
        defer { close(descriptor) }
        let left = max(0, try size(of: descriptor, path: path) - bytes.lowerBound)
        return try read(
            descriptor, at: bytes.lowerBound, count: min(left, bytes.count), path: path)
    }

    package static func size(of descriptor: CInt, path: String) throws(ObjectStoreError) -> Int {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw failure("stat", path) }
        return Int(status.st_size)
    }
}
