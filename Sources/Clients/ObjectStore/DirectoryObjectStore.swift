import Glibc

/// A bucket in a local directory (`type: FILESYSTEM`): one file an object.
struct DirectoryObjectStore: ObjectStore {
    /// An object on its way has this at the end of its name, as in Thanos.
    private static let unfinished = ".swap"
    private static let pieceSize = 1 << 20

    /// Absolute, without a slash at its end.
    private let root: String

    init(directory: String) {
        var path = directory.hasPrefix("/") ? directory : Self.workingDirectory + "/" + directory
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        root = path
    }

    private static var workingDirectory: String {
        guard let path = getcwd(nil, 0) else { return "." }
        defer { free(path) }
        return String(cString: path)
    }

    var name: String { "fs: \(root)" }

    func exists(_ key: String) async throws(ObjectStoreError) -> Bool {
        let path = try path(of: key)
        return try await BlockingWork.value { () throws(ObjectStoreError) in
            try Self.kind(of: path) == .object
        }
    }

    func upload(_ content: ObjectContent, as key: String) async throws(ObjectStoreError) {
        let path = try path(of: key)
        try await BlockingWork.value { () throws(ObjectStoreError) in
            try Self.write(content, to: path)
        }
    }

    func list(_ folder: String, recursive: Bool) async throws(ObjectStoreError) -> [String] {
        var folder = folder
        while folder.hasSuffix("/") { folder.removeLast() }
        let start = folder
        let path = try folder.isEmpty ? root : path(of: folder)
        return try await BlockingWork.value { () throws(ObjectStoreError) in
            guard try Self.kind(of: path) == .folder else { return [] }
            return try Self.keys(in: path, as: start, recursive: recursive)
        }
    }

    func get(_ key: String, limit: Int) async throws(ObjectStoreError) -> [UInt8] {
        let path = try path(of: key)
        return try await BlockingWork.value { () throws(ObjectStoreError) in
            try SystemCall.contents(of: path, limit: limit)
        }
    }

    func get(_ key: String, bytes: Range<Int>) async throws(ObjectStoreError) -> [UInt8] {
        let path = try path(of: key)
        return try await BlockingWork.value { () throws(ObjectStoreError) in
            try SystemCall.contents(of: path, bytes: bytes)
        }
    }

    func delete(_ key: String) async throws(ObjectStoreError) {
        let path = try path(of: key)
        let root = root
        try await BlockingWork.value { () throws(ObjectStoreError) in
            guard unlink(path) == 0 else {
                throw SystemCall.failure("remove", path).wrapped("rm \(path)")
            }
            var folder = Self.folder(of: path)
            while folder != root, rmdir(folder) == 0 { folder = Self.folder(of: folder) }
        }
    }
}

extension DirectoryObjectStore {
    private enum Kind { case object, folder }

    /// A key must not lead out of the directory.
    private func path(of key: String) throws(ObjectStoreError) -> String {
        let parts = key.split(separator: "/", omittingEmptySubsequences: false)
        guard !parts.contains(where: { $0.isEmpty || $0 == "." || $0 == ".." }),
            !key.utf8.contains(0)
        else { throw ObjectStoreError(.file, "not a key: \(key.debugDescription)") }
        return "\(root)/\(key)"
    }

    private static func folder(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[..<$0]) } ?? path
    }

    private static func kind(of path: String) throws(ObjectStoreError) -> Kind? {
        var status = stat()
        if stat(path, &status) == 0 {
            return status.st_mode & S_IFMT == S_IFDIR ? .folder : .object
        }
        if errno == ENOENT || errno == ENOTDIR { return nil }
        throw SystemCall.failure("stat", path).wrapped("stat \(path)")
    }

    /// Under another name first, so that nobody sees half of it, even after a power failure.
    private static func write(
        _ content: ObjectContent, to path: String
    ) throws(ObjectStoreError) {
        let folder = folder(of: path)
        try SystemCall.makeDirectories(folder)
        let unfinished = path + unfinished
        do throws(ObjectStoreError) {
            let target = try SystemCall.open(unfinished, O_WRONLY | O_CREAT | O_TRUNC)
            defer { close(target) }
            try copy(content, to: target, path: unfinished)
            guard fsync(target) == 0 else { throw SystemCall.failure("sync", unfinished) }
            guard rename(unfinished, path) == 0 else {
                throw SystemCall.failure("rename", unfinished)
            }
        } catch {
            unlink(unfinished)
            throw error
        }
        try SystemCall.synchronize(folder: folder)
    }

    private static func copy(
        _ content: ObjectContent, to target: CInt, path: String
    ) throws(ObjectStoreError) {
        switch content {
        case .bytes(let bytes): try SystemCall.write(bytes, to: target, path: path)
        case .file(let source):
            let descriptor = try SystemCall.open(source, O_RDONLY)
            defer { close(descriptor) }
            var offset = 0
            while true {
                let piece = try SystemCall.read(
                    descriptor, at: offset, count: pieceSize, path: source)
                guard !piece.isEmpty else { return }
                try SystemCall.write(piece, to: target, path: path)
                offset += piece.count
            }
        }
    }

    /// Empty folders are not there, as in a bucket.
    private static func keys(
        in path: String, as folder: String, recursive: Bool
    ) throws(ObjectStoreError) -> [String] {
        var found: [String] = []
        var folders = [(path: path, key: folder)]
        while let next = folders.popLast() {
            for name in try SystemCall.names(in: next.path) where !name.hasSuffix(unfinished) {
                let inner = (
                    path: "\(next.path)/\(name)",
                    key: next.key.isEmpty ? name : "\(next.key)/\(name)"
                )
                switch try kind(of: inner.path) {
                case .object: found.append(inner.key)
                case .folder where recursive: folders.append(inner)
                case .folder:
                    if try !SystemCall.names(in: inner.path).isEmpty {
                        found.append(inner.key + "/")
                    }
                case nil: break
                }
            }
        }
        return found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
}
