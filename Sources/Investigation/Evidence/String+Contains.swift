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
        var start = 0
        while start + text.count <= count {
            if stands(text, at: start, folding: folding) { return true }
            start += 1
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

extension UInt8 {
    /// Whether both are one letter of ASCII, in whatever case.
    fileprivate func isLetter(_ other: UInt8) -> Bool {
        let small = self | 0x20
        return small == other | 0x20 && (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(small)
    }
}
