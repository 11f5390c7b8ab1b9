/// A request target taken apart: path and query, raw and percent-decoded (RFC 3986, 2.1).
struct RequestTarget: Sendable {
    let rawPath: String
    let rawQuery: String
    let path: String
    let query: [(name: String, value: String)]

    init(_ target: String) {
        let relative = Self.withoutAuthority(target)
        let bytes = relative.utf8
        let mark = bytes.firstIndex(of: UInt8(ascii: "?"))
        rawPath = String(relative[..<(mark ?? relative.endIndex)])
        rawQuery = mark.map { String(relative[bytes.index(after: $0)...]) } ?? ""
        path = Self.decoded(rawPath, plusIsSpace: false)
        query = rawQuery.utf8.split(separator: UInt8(ascii: "&")).map { pair in
            let parts = pair.split(
                separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            let value = parts.count > 1 ? Substring(parts[1]) : ""
            return (
                Self.decoded(Substring(parts[0]), plusIsSpace: true),
                Self.decoded(value, plusIsSpace: true)
            )
        }
    }

    /// Proxies are sent the absolute form (RFC 9112, 3.2.2), which an origin server accepts too.
    private static func withoutAuthority(_ target: String) -> Substring {
        for scheme in ["http://", "https://"] where target.hasPrefix(scheme) {
            let rest = target.dropFirst(scheme.count)
            guard let slash = rest.firstIndex(of: "/") else { return "/" }
            return rest[slash...]
        }
        return target[...]
    }

    /// What is no valid escape stays as it stands; bytes that are no UTF-8 are replaced.
    private static func decoded(_ text: some StringProtocol, plusIsSpace: Bool) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.count >= 2,
                let high = hexDigit(rest[rest.startIndex]),
                let low = hexDigit(rest[rest.startIndex + 1])
            {
                bytes.append(high << 4 | low)
                rest = rest.dropFirst(2)
            } else if plusIsSpace, byte == UInt8(ascii: "+") {
                bytes.append(UInt8(ascii: " "))
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func hexDigit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
