import Glibc

/// Opens a TCP connection, looks whether it works, and closes it.
enum TCPConnector {
    enum Ending: Sendable, Hashable {
        case connected
        case failed(Int32)
        case late
    }

    static func connect(
        to address: IPAddress, port: Int, within limit: Duration
    ) async -> Ending {
        let pool = BlockingPool.shared
        return await pool.value(within: limit) { blocking(address, port, limit) } ?? .late
    }

    private static func blocking(_ address: IPAddress, _ port: Int, _ limit: Duration) -> Ending {
        let family = address.isIPv6 ? AF_INET6 : AF_INET
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
        let descriptor = socket(family, kind | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return .failed(errno) }
        defer { close(descriptor) }
        let deadline = ContinuousClock.now + limit
        let code = address.withSocketAddress(port: UInt16(truncatingIfNeeded: port)) {
            Glibc.connect(descriptor, $0, $1)
        }
        if code == 0 { return settled(descriptor) }
        guard errno == EINPROGRESS || errno == EINTR else { return .failed(errno) }
        return wait(descriptor, until: deadline)
    }

    private static func wait(
        _ descriptor: Int32, until deadline: ContinuousClock.Instant
    ) -> Ending {
        while true {
            let left = (deadline - .now) / .milliseconds(1)
            guard left > 0 else { return .late }
            var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
            let count = poll(&entry, 1, Int32(min(left.rounded(.up), 60_000)))
            if count < 0, errno != EINTR { return .failed(errno) }
            if count > 0 { return settled(descriptor) }
        }
    }

    private static func settled(_ descriptor: Int32) -> Ending {
        var code: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        guard getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &size) == 0 else {
            return .failed(errno)
        }
        guard code == 0 else { return .failed(code) }
        // A connection to a free ephemeral port of this machine can meet itself (RFC 9293,
        // simultaneous open); nobody listens there.
        return SocketNames.areEqual(descriptor) ? .failed(ECONNREFUSED) : .connected
    }
}

/// The two ends of a connected socket.
private enum SocketNames {
    static func areEqual(_ descriptor: Int32) -> Bool {
        guard let own = bytes({ getsockname(descriptor, $0, $1) }),
            let other = bytes({ getpeername(descriptor, $0, $1) })
        else { return false }
        return own == other
    }

    private static func bytes(
        _ read: (UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> Int32
    ) -> [UInt8]? {
        var storage = sockaddr_storage()
        var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let code = withUnsafeMutablePointer(to: &storage) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { read($0, &size) }
        }
        guard code == 0 else { return nil }
        return withUnsafeBytes(of: &storage) { Array($0.prefix(Int(size))) }
    }
}

extension IPAddress {
    /// The address as the C functions take it.
    func withSocketAddress<R>(
        port: UInt16, _ body: (UnsafePointer<sockaddr>, socklen_t) -> R
    ) -> R {
        var storage = sockaddr_storage()
        let size = withUnsafeMutableBytes(of: &storage) { raw -> Int in
            if isIPv6 {
                var six = sockaddr_in6()
                six.sin6_family = sa_family_t(AF_INET6)
                six.sin6_port = port.bigEndian
                withUnsafeMutableBytes(of: &six.sin6_addr) { $0.copyBytes(from: bytes) }
                withUnsafeBytes(of: &six) { raw.copyMemory(from: $0) }
                return MemoryLayout<sockaddr_in6>.size
            }
            var four = sockaddr_in()
            four.sin_family = sa_family_t(AF_INET)
            four.sin_port = port.bigEndian
            withUnsafeMutableBytes(of: &four.sin_addr) { $0.copyBytes(from: bytes) }
            withUnsafeBytes(of: &four) { raw.copyMemory(from: $0) }
            return MemoryLayout<sockaddr_in>.size
        }
        return withUnsafePointer(to: &storage) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(size)) }
        }
    }
}
