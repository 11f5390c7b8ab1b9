extension StringProtocol {
    /// Whether a text stands in this one, byte for byte.
    ///
    /// Checks look for some hundred texts in every line of every log. The standard library's
    /// search finds what is canonically equivalent as well, which no program that logs means, and
    /// takes ten times as long.
    func contains(_ text: String) -> Bool {
        guard let first = text.utf8.first else { return true }
        var rest = utf8[...]
        while let start = rest.firstIndex(of: first) {
            rest = rest[start...]
            if rest.starts(with: text.utf8) { return true }
            rest = rest.dropFirst()
        }
        return false
    }
}
