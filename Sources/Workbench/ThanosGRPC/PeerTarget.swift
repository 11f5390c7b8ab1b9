import NIOCore

/// Where a peer listens, in the syntax of gRPC targets.
struct PeerTarget: Hashable, Sendable {
    let host: String
    let port: Int

    /// `host:port`, `[v6]:port`, each with or without `dns:///` or `passthrough:///`.
    ///
    /// Without a valid port all of it is the host, and the port is 443, as gRPC has it.
    init(_ text: String) {
        let address = text.split(separator: "/").last ?? ""
        let colon = address.lastIndex(of: ":") ?? address.endIndex
        let isPlain = !address[..<colon].contains(":") || address[..<colon].hasSuffix("]")
        let port = isPlain ? UInt16(address[colon...].dropFirst()) : nil
        host = (port == nil ? address : address[..<colon]).filter { $0 != "[" && $0 != "]" }
        self.port = port.map(Int.init) ?? 443
    }

    /// Whether a host is an address rather than a name.
    static func isNumeric(_ host: String) -> Bool {
        (try? SocketAddress(ipAddress: host, port: 0)) != nil
    }

    /// What to dial; nil when there is a table of names and the host is not in it.
    ///
    /// With a table nothing but loopback is dialled: a ring copied from a real cluster may hold
    /// addresses that are somebody's.
    func address(in names: [String: String]?) -> String? {
        guard let names else { return host }
        let address = Self.isNumeric(host) ? host : names[host]
        return address.flatMap { $0.hasPrefix("127.") || $0 == "::1" ? $0 : nil }
    }
}

extension PeerTarget: CustomStringConvertible {
    var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
