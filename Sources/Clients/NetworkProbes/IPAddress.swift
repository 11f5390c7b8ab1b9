import Glibc

/// An IPv4 or IPv6 address as bytes.
package struct IPAddress: Sendable, Hashable, CustomStringConvertible {
    /// Four or sixteen, in network order.
    package let bytes: [UInt8]

    /// Numeric text only, without a zone (`%eth0`); names are not looked up.
    package init?(_ text: String) {
        var four = in_addr()
        var six = in6_addr()
        if inet_pton(AF_INET, text, &four) == 1 {
            bytes = withUnsafeBytes(of: &four) { Array($0) }
        } else if inet_pton(AF_INET6, text, &six) == 1 {
            bytes = Self.unmapped(withUnsafeBytes(of: &six) { Array($0) })
        } else {
            return nil
        }
    }

    init?(bytes: [UInt8]) {
        guard bytes.count == 4 || bytes.count == 16 else { return nil }
        self.bytes = Self.unmapped(bytes)
    }

    /// `::ffff:127.0.0.1` is the IPv4 address (RFC 4291, section 2.5.5.2): a bound on IPv4
    /// networks must not be passed by spelling an address differently.
    private static func unmapped(_ bytes: [UInt8]) -> [UInt8] {
        let prefix: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]
        return bytes.starts(with: prefix) ? Array(bytes.suffix(4)) : bytes
    }

    package var isIPv6: Bool { bytes.count == 16 }

    package var description: String {
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        let family = isIPv6 ? AF_INET6 : AF_INET
        guard inet_ntop(family, bytes, &text, socklen_t(text.count)) != nil else { return "?" }
        return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
