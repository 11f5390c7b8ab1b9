/// Takes credentials out of text before it leaves the program.
///
/// It errs towards hiding: an unquoted value after a colon is hidden to the end of its line,
/// because a pass phrase may hold blanks.
package enum Masking {
    static let mask = "***"

    /// The text with each credential replaced by asterisks.
    ///
    /// Complexity: linear.
    package static func masked(_ text: String) -> String {
        let bytes = Array(text.utf8)
        let secrets = secretRanges(in: bytes)
        guard !secrets.isEmpty else { return text }
        var kept: [UInt8] = []
        kept.reserveCapacity(bytes.count)
        var position = 0
        for secret in secrets {
            kept += bytes[position..<secret.lowerBound]
            kept += mask.utf8
            position = secret.upperBound
        }
        kept += bytes[position...]
        return String(decoding: kept, as: UTF8.self)
    }

    /// The byte ranges that hold credentials, in order and apart from each other.
    static func secretRanges(in bytes: [UInt8]) -> [Range<Int>] {
        var scanner = SecretScanner(bytes)
        scanner.scan()
        return scanner.found
    }
}
