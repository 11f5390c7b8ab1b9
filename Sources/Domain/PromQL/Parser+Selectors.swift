import LabelMatching

extension Parser {
    mutating func selector(name: Token) throws(QueryError) -> Expression {
        try selector(name: name, start: name.start)
    }

    /// A name, conditions in braces, or both.
    mutating func selector(name: Token?, start: Int) throws(QueryError) -> Expression {
        var matchers: [LabelMatcher] = []
        if try takeIf(.symbol(.leftBrace)) { matchers = try conditions() }
        if let name {
            matchers.append(try matcher(.equal, LabelShape.metricName, name.text, at: start))
        }
        let selector = try add(name: name?.text, matchers: matchers)
        return Expression(node: .selector(selector), start: start)
    }

    /// Everything up to the closing brace.
    private mutating func conditions() throws(QueryError) -> [LabelMatcher] {
        let context = "label matching"
        var matchers: [LabelMatcher] = []
        while current.kind != .symbol(.rightBrace) {
            guard current.kind == .identifier else {
                throw unexpected(in: context, expected: "identifier or \"}\"")
            }
            let label = try take()
            let kind = try matcherKind()
            guard current.kind == .string else {
                throw unexpected(in: context, expected: "string")
            }
            let value = try take().text
            matchers.append(try matcher(kind, label.text, value, at: label.start))
            guard try takeIf(.symbol(.comma)) else { break }
        }
        try takeSymbol(.rightBrace, in: context, expected: "\",\" or \"}\"")
        return matchers
    }

    private mutating func matcherKind() throws(QueryError) -> LabelMatcher.Kind {
        let kind: LabelMatcher.Kind? =
            switch current.kind {
            case .symbol(.assign): .equal
            case .symbol(.notEqual): .notEqual
            case .symbol(.matches): .matches
            case .symbol(.doesNotMatch): .doesNotMatch
            default: nil
            }
        guard let kind else {
            throw unexpected(in: "label matching", expected: "label matching operator")
        }
        _ = try take()
        return kind
    }

    private func matcher(
        _ kind: LabelMatcher.Kind, _ name: String, _ value: String, at offset: Int
    ) throws(QueryError) -> LabelMatcher {
        do throws(RegexError) {
            return try LabelMatcher(kind, name, value)
        } catch {
            throw fault(error.message, at: offset)
        }
    }

    /// What may stand behind an operand: a range, an offset.
    mutating func modified(_ expression: Expression) throws(QueryError) -> Expression {
        var expression = expression
        while true {
            switch current.kind {
            case .symbol(.leftBracket): expression = try ranged(expression)
            case .keyword(.offset): expression = try shifted(expression)
            case .symbol(.at): throw unsupported("modifier \"@\"")
            default: return expression
            }
        }
    }

    private mutating func ranged(_ expression: Expression) throws(QueryError) -> Expression {
        let bracket = try take().start
        guard current.kind == .duration else {
            throw unexpected(in: "subquery selector", expected: "duration")
        }
        let milliseconds = try duration()
        if current.kind == .symbol(.colon) { throw unsupported("subqueries") }
        try takeSymbol(.rightBracket, in: "subquery or range", expected: "\":\" or \"]\"")
        guard case .selector(let selector) = expression.node else {
            throw fault("ranges only allowed for vector selectors", at: bracket)
        }
        guard selector.offset == 0 else {
            throw fault("no offset modifiers allowed before range", at: bracket)
        }
        return Expression(
            node: .range(selector, milliseconds: milliseconds), start: expression.start)
    }

    private mutating func shifted(_ expression: Expression) throws(QueryError) -> Expression {
        _ = try take()
        let isNegative = try takeIf(.symbol(.minus))
        guard current.kind == .duration else {
            throw unexpected(in: "offset", expected: "duration")
        }
        let duration = try duration()
        let offset = isNegative ? -duration : duration
        let start = expression.start
        switch expression.node {
        case .selector(let selector):
            let shifted = try self.shifted(selector, by: offset, start)
            return Expression(node: .selector(shifted), start: start)
        case .range(let selector, let milliseconds):
            let shifted = try self.shifted(selector, by: offset, start)
            return Expression(node: .range(shifted, milliseconds: milliseconds), start: start)
        default:
            throw fault(
                "offset modifier must be preceded by an instant vector selector or range "
                    + "vector selector or a subquery", at: start)
        }
    }

    private func shifted(
        _ selector: Selector, by offset: Int64, _ start: Int
    ) throws(QueryError) -> Selector {
        guard selector.offset == 0 else {
            throw fault("offset may not be set multiple times", at: start)
        }
        var selector = selector
        selector.offset = offset
        return selector
    }

    private mutating func duration() throws(QueryError) -> Int64 {
        let token = current
        let milliseconds: Int64
        do throws(PromDuration.Fault) {
            milliseconds = try PromDuration.milliseconds(token.text)
        } catch {
            throw fault(error.message)
        }
        guard milliseconds > 0 else { throw fault("duration must be greater than 0") }
        _ = try take()
        return milliseconds
    }
}
