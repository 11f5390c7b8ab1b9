package import MarkedYAML

/// A node of a ring, as the other nodes dial it.
package struct HashringEndpoint: Sendable {
    /// As written; two nodes are the same only when these are equal character by character.
    package let address: Marked<String>
    /// The availability zone, empty without one.
    package let az: String
    package let capnprotoAddress: String?

    /// The name or IP address in the address, without brackets and gRPC scheme.
    package let host: String
    /// The port in the address; nil when there is none that is a number.
    package let port: Int?

    init(address: Marked<String>, az: String, capnprotoAddress: String?) {
        self.address = address
        self.az = az
        self.capnprotoAddress = capnprotoAddress
        (host, port) = Self.parts(of: address.value)
    }

    private static func parts(of address: String) -> (host: String, port: Int?) {
        var rest = Substring(address)
        // A gRPC target may name its resolver: dns:///name:port (grpc naming.md).
        if let scheme = rest.firstRange(of: ":///") {
            rest = rest[scheme.upperBound...]
        }
        guard let colon = rest.lastIndex(of: ":") else { return (String(rest), nil) }
        let before = rest[..<colon]
        let port = Int(rest[rest.index(after: colon)...])
        if before.hasPrefix("["), before.hasSuffix("]") {
            return (String(before.dropFirst().dropLast()), port)
        }
        // More than one colon outside brackets is an IPv6 literal that lacks them.
        return before.contains(":") ? (String(rest), nil) : (String(before), port)
    }
}
