// Checks look for some hundred texts in every line of every log. The standard library's search
// finds what is canonically equivalent as well, which no program that logs means, and takes ten
// times as long.

extension String {
    /// Whether a text stands in this one, byte for byte.
    package func contains(_ text: String) -> Bool {
        utf8.span.contains(text.utf8.span, folding: false)
    }

    /// The same, where the letters of ASCII may be small or large.
    package func containsInAnyCase(_ text: String) -> Bool {
        utf8.span.contains(text.utf8.span, folding: true)
    }
}

extension Substring {
    /// Whether a text stands in this one, byte for byte.
    package func contains(_ text: String) -> Bool {
        utf8.span.contains(text.utf8.span, folding: false)
    }
}

extension Span<UInt8> {
    fileprivate func contains(_ text: borrowing Span<UInt8>, folding: Bool) -> Bool {
        guard !text.isEmpty else { return true }
        let bytes = ByteFilter(text, folding: folding)
        var start = 0
        while start + text.count <= count {
            // No text that covers a byte which it does not hold can stand here.
            if !bytes.mayHold(self[start + text.count - 1]) {
                start += text.count
            } else if stands(text, at: start, folding: folding) {
                return true
            } else {
                start += 1
            }
        }
        return false
    }

    private func stands(
        _ text: borrowing Span<UInt8>, at start: Int, folding: Bool
    ) -> Bool {
        var offset = 0
        while offset < text.count {
            let (own, wanted) = (self[start + offset], text[offset])
            guard own == wanted || folding && own.isLetter(wanted) else { return false }
            offset += 1
        }
        return true
    }
}

/// The bytes of a text, as far as 64 bits can tell them apart.
private struct ByteFilter {
    private var bits: UInt64 = 0

    init(_ text: borrowing Span<UInt8>, folding: Bool) {
        for index in text.indices {
            bits |= Self.bit(of: text[index])
            // The case of a letter is this bit.
            if folding { bits |= Self.bit(of: text[index] ^ 0x20) }
        }
    }

    func mayHold(_ byte: UInt8) -> Bool { bits & Self.bit(of: byte) != 0 }

    private static func bit(of byte: UInt8) -> UInt64 { 1 << UInt64(byte & 63) }
}

extension UInt8 {
    /// Whether both are one letter of ASCII, in whatever case.
    fileprivate func isLetter(_ other: UInt8) -> Bool {
        let small = self | 0x20
        return small == other | 0x20 && (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(small)
    }
}
