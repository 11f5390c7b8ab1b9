import Glibc

/// Reads a file or standard input whole, up to a bound that is checked before memory is taken.
enum BoundedReading {
    enum Outcome {
        case bytes([UInt8])
        case tooLarge
        case failed(String)
    }

    static func read(path: String, limit: Int) -> Outcome {
        guard path != "-" else { return read(descriptor: STDIN_FILENO, expecting: 0, limit: limit) }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return .failed(String(cString: strerror(errno))) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            return .failed(String(cString: strerror(errno)))
        }
        guard status.st_mode & S_IFMT == S_IFREG else { return .failed("not a regular file") }
        let size = Int(status.st_size)
        guard size <= limit else { return .tooLarge }
        return read(descriptor: descriptor, expecting: size, limit: limit)
    }

    private static func read(descriptor: Int32, expecting size: Int, limit: Int) -> Outcome {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(size + 1)
        let chunk = max(64 << 10, size + 1)
        while bytes.count <= limit {
            var failure: Int32 = 0
            let part = [UInt8](unsafeUninitializedCapacity: min(chunk, 1 << 20)) { buffer, count in
                let got = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
                if got < 0 { failure = errno }
                count = max(0, got)
            }
            if failure == EINTR { continue }
            if failure != 0 { return .failed(String(cString: strerror(failure))) }
            if part.isEmpty { return .bytes(bytes) }
            bytes += part
        }
        return .tooLarge
    }
}
