/// Text from outside, made fit to be shown: credentials hidden, and nothing in it that a terminal
/// would obey or that would change the order in which it is read.
enum TerminalText {
    /// On one line; line breaks are shown as `\n`.
    static func line(_ text: String) -> String { visible(Masking.masked(text)) }

    /// Line by line, without line breaks at the end.
    static func lines(_ text: String) -> [String] {
        var lines = Masking.masked(text).split(
            omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        while lines.last?.isEmpty == true { lines.removeLast() }
        return lines.map { visible($0) }
    }

    /// Control and invisible characters spelled out, tabs as blanks.
    static func visible(_ text: some StringProtocol) -> String {
        // Most text is printable ASCII and is let through as it is.
        if text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return String(text) }
        var result = ""
        for scalar in text.unicodeScalars {
            if scalar == "\t" {
                result += "  "
            } else if let spelling = spelling(of: scalar) {
                result += spelling
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// The escape that stands for a scalar that must not reach a terminal; nil for all others.
    static func spelling(of scalar: Unicode.Scalar) -> String? {
        switch scalar.value {
        case 0x0A: "\\n"
        case 0x0D: "\\r"
        case 0x00..<0x20, 0x7F: "\\x" + digits(of: scalar, count: 2)
        case 0x80..<0xA0: "\\u" + digits(of: scalar, count: 4)
        case _ where isDeceptive(scalar): "\\u" + digits(of: scalar, count: 4)
        case _: nil
        }
    }

    /// Bidirectional controls (UAX #9 section 2), line separators, and what takes no place at all.
    ///
    /// The joiners that scripts and emoji need are not among them.
    static func isDeceptive(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0xAD, 0x61C, 0x200B, 0x200E, 0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF,
            0xFFF9...0xFFFB, 0xE0000...0xE007F:
            true
        case _: false
        }
    }

    static func digits(of scalar: Unicode.Scalar, count: Int) -> String {
        let digits = String(scalar.value, radix: 16)
        return String(repeating: "0", count: max(count - digits.count, 0)) + digits
    }
}
