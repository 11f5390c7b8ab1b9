package import TimeSeries

/// A condition on one label of a series; a label that is missing has the empty value.
package struct LabelMatcher: Sendable {
    package enum Kind: String, Hashable, Sendable {
        case equal = "="
        case notEqual = "!="
        case matches = "=~"
        case doesNotMatch = "!~"
    }

    package let kind: Kind
    package let name: String
    /// The value, or the pattern, which always matches whole values; its dot matches a line end
    /// (Prometheus 3).
    package let value: String
    private let test: ValueTest

    /// Throws where `value` is a pattern and does not compile.
    package init(_ kind: Kind, _ name: String, _ value: String) throws(RegexError) {
        self.kind = kind
        self.name = name
        self.value = value
        switch kind {
        case .equal, .notEqual: test = .equal(Array(value.utf8))
        case .matches, .doesNotMatch: test = try ValueTest(pattern: value)
        }
    }

    /// Whether a value of the label meets the condition.
    package func matches(_ value: ArraySlice<UInt8>) -> Bool {
        test.accepts(value) != isNegative
    }

    /// Whether a value of the label meets the condition.
    package func matches(_ value: some Collection<UInt8>) -> Bool {
        matches(Array(value)[...])
    }

    /// Whether a series meets the condition.
    package func matches(_ labels: LabelSet) -> Bool {
        for label in labels where label.name.elementsEqual(name.utf8) {
            return matches(label.value)
        }
        return matches([])
    }

    /// The only values that a positive matcher accepts; nil where they cannot be listed.
    package var acceptedValues: Set<[UInt8]>? {
        guard !isNegative else { return nil }
        switch test {
        case .equal(let value): return [value]
        case .oneOf(let values): return values
        case .anything, .anythingNotEmpty, .pattern: return nil
        }
    }

    private var isNegative: Bool { kind == .notEqual || kind == .doesNotMatch }
}

extension Sequence<LabelMatcher> {
    /// Whether a series meets all of the conditions.
    package func matches(_ labels: LabelSet) -> Bool {
        allSatisfy { $0.matches(labels) }
    }
}

extension LabelMatcher: Hashable {
    /// Equal conditions; the compiled pattern follows from the rest.
    package static func == (left: LabelMatcher, right: LabelMatcher) -> Bool {
        left.kind == right.kind && left.name == right.name && left.value == right.value
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(kind)
        hasher.combine(name)
        hasher.combine(value)
    }
}
