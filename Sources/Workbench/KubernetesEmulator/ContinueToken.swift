import MarkedYAML

/// Where a list goes on: the version it began with and the last key it showed.
///
/// The text is what `k8s.io/apiserver/pkg/storage/continue.go` makes: JSON in unpadded base64url.
struct ContinueToken: Sendable, Hashable {
    var resourceVersion: Int
    var lastKey: String

    init(resourceVersion: Int, lastKey: String) {
        self.resourceVersion = resourceVersion
        self.lastKey = lastKey
    }

    /// Clients may not make up tokens, so the order of the fields is fixed.
    var text: String {
        let start = JSONValue.string(lastKey).compact.dropLast()
        let json =
            "{\"v\":\"meta.k8s.io/v1\",\"rv\":\(resourceVersion),\"start\":\(start)\\u0000\"}"
        return Base64URL.encoded(Array(json.utf8))
    }

    init(parsing text: String) throws(APIStatus) {
        let bytes = try Base64URL.decoded(text)
        guard let first = bytes.first else { throw Self.invalid("unexpected end of JSON input") }
        guard first == UInt8(ascii: "{") else {
            throw Self.invalid(
                "invalid character \(Self.quoted(first)) looking for beginning of value")
        }
        guard
            let node = try? JSONReader.document(SourceText(name: "continue", bytes: bytes)),
            let version = node["rv"]?.int, let start = node["start"]?.string
        else { throw Self.invalid("unexpected end of JSON input") }
        resourceVersion = version
        lastKey = String(start.prefix { $0 != "\0" })
    }

    static func invalid(_ reason: String) -> APIStatus {
        .badRequest("invalid continue token: continue key is not valid: \(reason)")
    }

    /// As Go's `encoding/json` names a byte (`quoteChar`).
    private static func quoted(_ byte: UInt8) -> String {
        switch byte {
        case UInt8(ascii: "'"): "'\\''"
        case UInt8(ascii: "\""): "'\"'"
        case 0x20..<0x7F: "'\(Character(UnicodeScalar(byte)))'"
        default: "'\\x\(byte < 16 ? "0" : "")\(String(byte, radix: 16))'"
        }
    }
}

extension APIStatus {
    /// The list began with objects that are no longer kept.
    static func expired(continueWith token: ContinueToken?) -> APIStatus {
        var status = APIStatus(
            410, "Expired",
            "The provided continue parameter is too old to display a consistent list result. "
                + "You can start a new list without the continue parameter, or use the continue "
                + "token in this response to retrieve the remainder of the results. Continuing "
                + "with the provided token results in an inconsistent list - objects that were "
                + "created, modified, or deleted between the time the first chunk was returned "
                + "and now may show up in the list.")
        status.continueToken = token?.text
        return status
    }
}

/// Base64 with `-` and `_` and without padding (RFC 4648, 5).
enum Base64URL {
    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

    static func encoded(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let padded = Array(group) + [UInt8](repeating: 0, count: 3 - group.count)
            let value = Int(padded[0]) << 16 | Int(padded[1]) << 8 | Int(padded[2])
            for position in 0...group.count {
                text.append(alphabet[value >> (18 - 6 * position) & 63])
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    static func decoded(_ text: String) throws(APIStatus) -> [UInt8] {
        var bytes: [UInt8] = []
        var value = 0
        var bits = 0
        for (index, byte) in text.utf8.enumerated() {
            guard let digit = alphabet.firstIndex(of: byte) else {
                throw ContinueToken.invalid("illegal base64 data at input byte \(index)")
            }
            value = value << 6 | digit
            bits += 6
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(truncatingIfNeeded: value >> bits))
                value &= (1 << bits) - 1
            }
        }
        return bytes
    }
}
