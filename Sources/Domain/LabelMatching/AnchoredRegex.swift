/// A regular expression that matches whole texts and remembers its groups.
package struct AnchoredRegex: Sendable {
    /// The pattern as written, without the anchors.
    package let pattern: String
    private let compiled: CompiledPattern

    /// Anchors the pattern as relabelling in Prometheus 3 does; the anchors show in errors.
    package init(_ pattern: String) throws(RegexError) {
        self.pattern = pattern
        compiled = try CompiledPattern("^(?s:\(pattern))$")
    }

    package func matches(_ text: ArraySlice<UInt8>) -> Bool {
        compiled.matches(text)
    }

    /// What the groups matched; nil when the text does not match.
    package func captures(in text: [UInt8]) -> RegexCaptures? {
        compiled.captures(in: text).map { groups in
            RegexCaptures(text: text, groups: groups, pattern: compiled)
        }
    }
}

extension AnchoredRegex: Hashable {
    /// Equal patterns; the compiled one follows from them.
    package static func == (left: AnchoredRegex, right: AnchoredRegex) -> Bool {
        left.pattern == right.pattern
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(pattern)
    }
}

/// What the groups of an expression matched in one text.
package struct RegexCaptures: Sendable {
    let text: [UInt8]
    let groups: [Range<Int>?]
    let pattern: CompiledPattern

    /// The template with its references replaced; a group that took no part is empty.
    package func filling(_ template: ExpansionTemplate) -> [UInt8] {
        template.parts.reduce(into: []) { filled, part in
            switch part {
            case .literal(let bytes): filled += bytes
            case .group(let number): filled += group(number)
            case .named(let name): filled += pattern.groupIndex(named: name).map(group) ?? []
            }
        }
    }

    private func group(_ number: Int) -> ArraySlice<UInt8> {
        guard number < groups.count, let range = groups[number] else { return [] }
        return text[range]
    }
}
