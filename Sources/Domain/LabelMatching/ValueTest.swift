/// What a matcher asks of a value, with the usual patterns kept away from the engine
/// (`NewFastRegexMatcher` in Prometheus' model/labels).
enum ValueTest: Sendable {
    case equal([UInt8])
    case oneOf(Set<[UInt8]>)
    case anything
    case anythingNotEmpty
    case pattern(CompiledPattern)

    init(pattern: String) throws(RegexError) {
        if let simple = Self.simple(pattern) {
            self = simple
        } else {
            self = .pattern(try CompiledPattern(pattern))
        }
    }

    /// The test for a pattern that asks for anything, for one text or for one of several.
    private static func simple(_ pattern: String) -> ValueTest? {
        if pattern == ".*" { return .anything }
        if pattern == ".+" { return .anythingNotEmpty }
        guard !pattern.utf8.contains(where: metacharacters.contains) else { return nil }
        let texts = pattern.utf8.split(
            separator: UInt8(ascii: "|"), omittingEmptySubsequences: false
        )
        .map { Array($0) }
        return texts.count == 1 ? .equal(texts[0]) : .oneOf(Set(texts))
    }

    /// Bytes that have a meaning in a pattern, the bar apart (`QuoteMeta` in Go's regexp).
    private static let metacharacters = Set(#"\.+*?()[]{}^$"#.utf8)

    func accepts(_ value: ArraySlice<UInt8>) -> Bool {
        switch self {
        case .equal(let text): text.elementsEqual(value)
        case .oneOf(let texts): texts.contains(Array(value))
        case .anything: true
        case .anythingNotEmpty: !value.isEmpty
        case .pattern(let pattern): pattern.matches(value)
        }
    }
}
