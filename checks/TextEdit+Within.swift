import MarkedYAML

extension TextEdit {
    /// Writes `new` over the last `old` in a stretch of text; nil when it is not written there.
    ///
    /// What stands around it stays: the flag before a value, the quotes about it.
    static func replacing(
        _ old: String, with new: String, within range: SourceRange
    ) -> TextEdit? {
        let text = range.text
        guard !old.isEmpty, let place = text.ranges(of: old).last else { return nil }
        let replacement = text[..<place.lowerBound] + new + text[place.upperBound...]
        return TextEdit(range: range, replacement: String(replacement))
    }
}
