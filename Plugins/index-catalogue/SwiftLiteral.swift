/// A text as a string literal of Swift.
struct SwiftLiteral: CustomStringConvertible {
    let description: String

    init(_ text: String) {
        let hashes = String(repeating: "#", count: Self.longestHashRun(in: text) + 1)
        var body = ""
        for scalar in text.unicodeScalars {
            if Self.mustBeEscaped(scalar) {
                body += "\\\(hashes)u{\(String(scalar.value, radix: 16))}"
            } else {
                body.unicodeScalars.append(scalar)
            }
        }
        description =
            text.utf8.contains(UInt8(ascii: "\n"))
            ? "\(hashes)\"\"\"\n\(body)\n\"\"\"\(hashes)" : "\(hashes)\"\(body)\"\(hashes)"
    }

    /// The compiler turns CR LF into LF, and warns about NUL and other control characters.
    private static func mustBeEscaped(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "\n", "\t": false
        case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{FEFF}": true
        case _: false
        }
    }

    /// The most hashes in a row behind a quote or a backslash, which would end the literal or
    /// begin an escape.
    private static func longestHashRun(in text: String) -> Int {
        var longest = 0
        var run = 0
        var counts = false
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                counts = true
                run = 0
            case UInt8(ascii: "#") where counts:
                run += 1
                longest = max(longest, run)
            case _:
                counts = false
            }
        }
        return longest
    }
}
