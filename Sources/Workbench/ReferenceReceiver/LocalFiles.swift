import Glibc

/// The few things a receiver does on disk, with errors in the words of Go's `os` package.
struct LocalFiles: Sendable {
    /// `mkdir P: permission denied`: operation, shown path, reason.
    struct Failure: Error {
        let operation: String
        let path: String
        let code: CInt

        var reason: String { String(cString: strerror(code)).lowercased() }
        var message: String { "\(operation) \(path): \(reason)" }
    }

    let mappings: [PathMapping]
    /// Whether no folder can be made (`--fault read-only-dir`).
    var isReadOnly = false

    /// Whether something is there; errors other than "not found" count as there, as in Thanos.
    func mayExist(_ path: String) -> Bool {
        var status = stat()
        return stat(mappings.real(for: path), &status) == 0 || errno != ENOENT
    }

    private func isDirectory(_ path: String) -> Bool {
        var status = stat()
        guard stat(mappings.real(for: path), &status) == 0 else { return false }
        return status.st_mode & S_IFMT == S_IFDIR
    }

    /// Go's `os.MkdirAll`: the error names the directory that could not be made.
    ///
    /// Nothing is made above the folder that stands in for a shown one.
    func makeDirectories(_ path: String, mode: mode_t) throws(Failure) {
        let isStandIn = mappings.contains { $0.shown == path }
        if !isStandIn, let slash = path.lastIndex(of: "/"), slash > path.startIndex {
            let parent = String(path[..<slash])
            if !isDirectory(parent) { try makeDirectories(parent, mode: mode) }
        }
        guard !isReadOnly else { throw Failure(operation: "mkdir", path: path, code: EROFS) }
        guard mkdir(mappings.real(for: path), mode) != 0 else { return }
        let code = errno
        if code == EEXIST, isDirectory(path) { return }
        throw Failure(operation: "mkdir", path: path, code: code)
    }

    /// Whether a watch on the file could be set up, which takes the right to read it.
    func requireReadable(_ path: String) throws(Failure) {
        guard access(mappings.real(for: path), R_OK) != 0 else { return }
        throw Failure(operation: "watch", path: path, code: errno)
    }

    /// Reads a file of at most `limit` bytes; a larger one fails with EFBIG.
    func read(_ path: String, limit: Int) throws(Failure) -> [UInt8] {
        let descriptor = open(mappings.real(for: path), O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Failure(operation: "open", path: path, code: errno) }
        defer { close(descriptor) }
        var content: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count == 0 { return content }
            guard count > 0 else {
                throw Failure(operation: "read", path: path, code: errno)
            }
            guard content.count + count <= limit else {
                throw Failure(operation: "read", path: path, code: EFBIG)
            }
            content += chunk[..<count]
        }
    }
}

/// Go's `path.Clean` and friends, by which Thanos composes what it prints.
enum SlashPath {
    static func joined(_ folder: String, _ name: String) -> String {
        cleaned(folder.isEmpty ? name : folder + "/" + name)
    }

    static func cleaned(_ path: String) -> String {
        let isRooted = path.hasPrefix("/")
        var parts: [Substring] = []
        for part in path.split(separator: "/") where part != "." {
            if part == "..", let last = parts.last, last != ".." {
                parts.removeLast()
            } else if part != ".." || !isRooted {
                parts.append(part)
            }
        }
        let joined = (isRooted ? "/" : "") + parts.joined(separator: "/")
        return joined.isEmpty ? "." : joined
    }

    /// Go's `path.Base`.
    static func base(_ path: String) -> String {
        guard !path.isEmpty else { return "." }
        return path.split(separator: "/").last.map(String.init) ?? "/"
    }
}
