import Glibc

/// A loopback network of one run's own: 127.x.y.0/24, so that two runs can use the same ports.
package struct LabNetwork: ~Copyable {
    /// The first three numbers with the dot behind them: `127.77.0.`.
    package let prefix: String
    private let lock: Int32

    /// What incidents write in the place of the prefix.
    package static let placeholder = "127.77.0."

    /// Holding a listening socket on an address of the network is what makes it ours.
    package init() throws(LabError) {
        for _ in 0..<64 {
            let prefix = "127.\(Int.random(in: 64...250)).\(Int.random(in: 1...250))."
            if let lock = Self.listen(on: prefix + "254") {
                self.prefix = prefix
                self.lock = lock
                return
            }
        }
        throw LabError(.staging, "no free network in 127.0.0.0/8")
    }

    deinit { close(lock) }

    /// Whether it may be contacted: what an incident was recorded from may still be there.
    static func isLoopback(_ address: String) -> Bool {
        var parsed = in_addr()
        return inet_pton(AF_INET, address, &parsed) == 1 && address.hasPrefix("127.")
    }

    package func address(_ host: Int) -> String { "\(prefix)\(host)" }

    private static func listen(on address: String) -> Int32? {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { return nil }
        var name = sockaddr_in()
        name.sin_family = sa_family_t(AF_INET)
        name.sin_port = in_port_t(19999).bigEndian
        inet_pton(AF_INET, address, &name.sin_addr)
        let bound = withUnsafePointer(to: name) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard bound == 0, Glibc.listen(descriptor, 1) == 0 else {
            close(descriptor)
            return nil
        }
        return descriptor
    }
}
