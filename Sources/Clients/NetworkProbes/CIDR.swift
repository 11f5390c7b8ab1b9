/// A network: `10.0.0.0/8`, `fd00::/8`, or one address.
package struct CIDR: Sendable, Hashable, CustomStringConvertible {
    package let network: IPAddress
    package let prefixLength: Int

    /// Host bits may be set and are ignored; a missing length means one address.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard let first = parts.first, parts.count <= 2, let address = IPAddress(String(first))
        else { return nil }
        let bits = address.bytes.count * 8
        var length = bits
        if parts.count == 2 {
            guard let number = Self.length(parts[1]), number <= bits else { return nil }
            length = number
        }
        guard let network = IPAddress(bytes: Self.masked(address.bytes, length)) else {
            return nil
        }
        self.network = network
        prefixLength = length
    }

    package func contains(_ address: IPAddress) -> Bool {
        address.bytes.count == network.bytes.count
            && Self.masked(address.bytes, prefixLength) == network.bytes
    }

    package var description: String { "\(network)/\(prefixLength)" }

    /// Plain digits: `Int` alone would take `+8`.
    private static func length(_ text: Substring) -> Int? {
        guard (1...3).contains(text.utf8.count),
            text.utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else { return nil }
        return Int(text)
    }

    private static func masked(_ bytes: [UInt8], _ length: Int) -> [UInt8] {
        bytes.enumerated().map { index, byte in
            let kept = min(8, max(0, length - index * 8))
            return byte & UInt8(truncatingIfNeeded: 0xFF00 >> kept)
        }
    }
}
