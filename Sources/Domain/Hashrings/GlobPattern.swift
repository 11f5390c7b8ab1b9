/// A pattern of Go's `path/filepath.Match` on Unix, which hashrings use for tenants.
package struct GlobPattern: Sendable {
    /// The pattern cannot be read; Go finds out when it first matches something against it.
    package struct SyntaxError: Error {
        /// The text of Go's `filepath.ErrBadPattern`.
        package let message = "syntax error in pattern"
    }

    private enum Element {
        case literal(Unicode.Scalar)
        /// `?`: one character that is no separator.
        case single
        /// `*`: any characters that are no separator.
        case star
        case set([ClosedRange<Unicode.Scalar>], isNegated: Bool)
    }

    private let elements: [Element]

    package init(_ pattern: String) throws(SyntaxError) {
        var elements: [Element] = []
        var rest = ArraySlice(Array(pattern.unicodeScalars))
        while let scalar = rest.popFirst() {
            switch scalar {
            case "*": elements.append(.star)
            case "?": elements.append(.single)
            case "[": elements.append(try Self.set(&rest))
            case "\\":
                guard let escaped = rest.popFirst() else { throw SyntaxError() }
                elements.append(.literal(escaped))
            default: elements.append(.literal(scalar))
            }
        }
        self.elements = elements
    }

    private static func set(
        _ rest: inout ArraySlice<Unicode.Scalar>
    ) throws(SyntaxError) -> Element {
        let isNegated = rest.first == "^"
        if isNegated { rest.removeFirst() }
        var ranges: [ClosedRange<Unicode.Scalar>] = []
        while true {
            // A closing bracket may not come first.
            if rest.first == "]", !ranges.isEmpty {
                rest.removeFirst()
                return .set(ranges, isNegated: isNegated)
            }
            let low = try setMember(&rest)
            guard rest.first == "-" else {
                ranges.append(low...low)
                continue
            }
            rest.removeFirst()
            let high = try setMember(&rest)
            // Go lets a backwards range stand: it matches nothing.
            if low <= high { ranges.append(low...high) } else { ranges.append(Self.nothing) }
        }
    }

    /// No tenant holds this scalar, as Go reads bad UTF-8 as U+FFFD.
    private static let nothing: ClosedRange<Unicode.Scalar> = "\u{10FFFF}"..."\u{10FFFF}"

    private static func setMember(
        _ rest: inout ArraySlice<Unicode.Scalar>
    ) throws(SyntaxError) -> Unicode.Scalar {
        guard let scalar = rest.popFirst(), scalar != "-", scalar != "]" else {
            throw SyntaxError()
        }
        var member = scalar
        if scalar == "\\" {
            guard let escaped = rest.popFirst() else { throw SyntaxError() }
            member = escaped
        }
        // Go demands that something follows, be it only the closing bracket.
        guard !rest.isEmpty else { throw SyntaxError() }
        return member
    }
}

extension GlobPattern {
    /// Whether the whole name matches; linear in name and pattern, with one star to return to.
    package func matches(_ name: String) -> Bool {
        let scalars = Array(name.unicodeScalars)
        var position = 0
        var element = 0
        var retry: (element: Int, position: Int)?
        while position < scalars.count || element < elements.count {
            if element < elements.count {
                if case .star = elements[element] {
                    retry = (element, position)
                    element += 1
                    continue
                }
                if position < scalars.count, accepts(elements[element], scalars[position]) {
                    element += 1
                    position += 1
                    continue
                }
            }
            guard let last = retry, last.position < scalars.count,
                scalars[last.position] != "/"
            else { return false }
            retry = (last.element, last.position + 1)
            element = last.element + 1
            position = last.position + 1
        }
        return true
    }

    private func accepts(_ element: Element, _ scalar: Unicode.Scalar) -> Bool {
        switch element {
        case .literal(let literal): literal == scalar
        case .single: scalar != "/"
        case .star: true
        case .set(let ranges, let isNegated):
            ranges.contains { $0.contains(scalar) } != isNegated
        }
    }
}
