import Glibc

/// The beginning of a file, however long the file is.
struct BoundedFile: ~Copyable {
    private let descriptor: Int32

    /// Nil when it cannot be opened; a pipe without a writer is not waited for.
    init?(_ path: String) {
        descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return nil }
    }

    deinit { close(descriptor) }

    func prefix(_ most: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 65_536)
        while bytes.count < most {
            let count = read(descriptor, &block, min(block.count, most - bytes.count))
            guard count > 0 else { break }
            bytes += block[..<count]
        }
        return bytes
    }
}
