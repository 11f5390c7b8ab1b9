extension Parser {
    /// A function; its name was read already.
    mutating func call(_ name: Token) throws(QueryError) -> Expression {
        let start = name.start
        let arguments = try arguments()
        guard let function = QueryFunction(rawValue: name.text) else {
            guard QueryFunction.unsupported.contains(name.text) else {
                throw fault("unknown function with name \(quoted(name.text))", at: start)
            }
            throw unsupported("function \(quoted(name.text))", at: start)
        }
        return Expression(node: .call(function, arguments), start: start)
    }

    /// An aggregation, whose groups may stand before or after its operand.
    mutating func aggregation(_ name: Token) throws(QueryError) -> Expression {
        let start = name.start
        guard let operation = Aggregation.Operation(rawValue: name.text.lowercased()) else {
            throw unsupported("aggregation \(quoted(name.text.lowercased()))", at: start)
        }
        openAggregations += 1
        var shape = try grouping()
        guard current.kind == .symbol(.leftParenthesis) else { throw unexpected() }
        let operands = try arguments()
        openAggregations -= 1
        if shape == nil { shape = try grouping() }
        guard let operand = operands.first else {
            throw fault("no arguments for aggregate expression provided", at: start)
        }
        guard operands.count == 1 else {
            throw fault(
                "wrong number of arguments for aggregate expression provided, expected 1, "
                    + "got \(operands.count)", at: start)
        }
        let node = Aggregation(
            operation: operation, operand: operand, grouping: shape ?? .keeping([]))
        return Expression(node: .aggregation(node), start: start)
    }

    private mutating func grouping() throws(QueryError) -> LabelShape? {
        if try takeIf(.keyword(.by)) { return .keeping(try groupingLabels()) }
        if try takeIf(.keyword(.without)) {
            return .dropping(try groupingLabels() + [LabelShape.metricName])
        }
        return nil
    }

    /// Names in parentheses.
    mutating func groupingLabels() throws(QueryError) -> [String] {
        let context = "grouping opts"
        try takeSymbol(.leftParenthesis, in: context, expected: "\"(\"")
        var labels: [String] = []
        while current.kind != .symbol(.rightParenthesis) {
            guard current.isLabelName else { throw unexpected(in: context, expected: "label") }
            labels.append(try take().text)
            guard try takeIf(.symbol(.comma)) else { break }
        }
        try takeSymbol(.rightParenthesis, in: context, expected: "\",\" or \")\"")
        return labels
    }

    /// Expressions in parentheses.
    private mutating func arguments() throws(QueryError) -> [Expression] {
        _ = try take()
        var arguments: [Expression] = []
        while current.kind != .symbol(.rightParenthesis) {
            arguments.append(try operation(above: 0))
            guard current.kind == .symbol(.comma) else { break }
            let comma = try take()
            if current.kind == .symbol(.rightParenthesis) {
                throw fault(
                    "trailing commas not allowed in function call args",
                    at: comma.start)
            }
        }
        guard try takeIf(.symbol(.rightParenthesis)) else { throw unexpected() }
        return arguments
    }
}

extension Token {
    /// Whether a label may have this name; keywords may be names.
    fileprivate var isLabelName: Bool {
        switch kind {
        case .identifier, .keyword: true
        case .end, .number, .duration, .string, .metricIdentifier, .symbol: false
        }
    }
}
