/// A range of IP addresses in a pool: a CIDR, or first and last address.
///
/// Only IPv4 is counted; an IPv6 block is held as unbounded, which is what it is in practice.
package struct AddressBlock: Sendable, Hashable {
    /// How many addresses the block holds; nil for IPv6.
    package let count: Int?
    package let text: String
    private let first: UInt32?
    private let last: UInt32?

    /// Nil when the text is no CIDR.
    package init?(cidr: String) {
        text = cidr
        guard !cidr.contains(":") else {
            (count, first, last) = (nil, nil, nil)
            return
        }
        let parts = cidr.split(separator: "/")
        guard let address = parts.first.flatMap({ Self.ipv4(String($0)) }),
            let length = parts.count == 2 ? Int(parts[1]) : 32, (0...32).contains(length)
        else { return nil }
        let mask: UInt32 = length == 0 ? 0 : ~UInt32(0) << UInt32(32 - length)
        first = address & mask
        last = address | ~mask
        count = 1 << (32 - length)
    }

    /// Nil when either is no address or the range runs backwards.
    package init?(start: String, stop: String) {
        text = start == stop ? start : "\(start)-\(stop)"
        guard !start.contains(":") else {
            (count, first, last) = (nil, nil, nil)
            return
        }
        guard let low = Self.ipv4(start), let high = Self.ipv4(stop), low <= high else {
            return nil
        }
        (first, last, count) = (low, high, Int(high - low) + 1)
    }

    package func contains(_ address: String) -> Bool {
        guard let first, let last, let value = Self.ipv4(address) else { return false }
        return (first...last).contains(value)
    }

    /// Whether some address lies in both; IPv6 blocks are not compared.
    package func overlaps(_ other: AddressBlock) -> Bool {
        guard let first, let last, let start = other.first, let end = other.last else {
            return false
        }
        return first <= end && start <= last
    }

    /// The addresses that follow; empty when they would leave the network of 256 addresses in which
    /// it ends, or be one that a gateway often has.
    package func following(_ count: Int) -> [String] {
        guard let last, count > 0, count < 256 else { return [] }
        let end = UInt64(last) + UInt64(count)
        guard end >> 8 == UInt64(last) >> 8, end & 0xFF < 0xFE, UInt64(last) & 0xFF != 0 else {
            return []
        }
        return (UInt64(last) + 1...end).map { Self.text(UInt32($0)) }
    }

    private static func text(_ address: UInt32) -> String {
        [24, 16, 8, 0].map { String(address >> UInt32($0) & 0xFF) }.joined(separator: ".")
    }

    static func ipv4(_ text: String) -> UInt32? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var value: UInt32 = 0
        for part in parts {
            guard let byte = UInt8(part) else { return nil }
            value = value << 8 | UInt32(byte)
        }
        return value
    }
}
