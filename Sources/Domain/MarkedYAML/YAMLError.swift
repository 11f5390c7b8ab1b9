/// Why a text, or one document of it, could not be read.
package struct YAMLError: Error, Sendable, Hashable {
    /// What is wrong, to branch on.
    package enum Code: String, Sendable, Hashable, CaseIterable {
        case syntax, encoding, duplicateKey, unknownAnchor, recursiveAlias
        case tooDeep, tooManyNodes, tooLarge
    }

    package let code: Code
    /// What is wrong and what to do, for people, without the place.
    package let message: String
    package let range: SourceRange
    /// A second place that explains the first, such as the other one of two equal keys.
    package let related: SourceRange?

    package init(
        _ code: Code, _ message: String, at range: SourceRange, related: SourceRange? = nil
    ) {
        self.code = code
        self.message = message
        self.range = range
        self.related = related
    }
}

extension YAMLError: CustomStringConvertible {
    package var description: String {
        let start = range.start
        return "\(range.source.name):\(start.line):\(start.column): \(message)"
    }
}
