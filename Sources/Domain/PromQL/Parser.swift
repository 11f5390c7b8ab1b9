import LabelMatching

/// Reads a query by precedence climbing, with the messages of Prometheus' parser
/// (promql/parser/generated_parser.y and parse.go of 2.42).
struct Parser {
    private var lexer: Lexer
    private(set) var current: Token
    private(set) var selectors: [Selector] = []
    private var patterns = 0
    private var depth = 0
    /// How many aggregations are being read; their messages say so.
    var openAggregations = 0

    init(_ text: [UInt8]) throws(QueryError) {
        lexer = Lexer(text)
        current = try lexer.next()
    }

    mutating func query() throws(QueryError) -> Expression {
        guard current.kind != .end else { throw fault("no expression found in input", at: 0) }
        let expression = try operation(above: 0)
        guard current.kind == .end else { throw unexpected() }
        try TypeCheck(text: lexer.text).check(expression)
        return expression
    }

    /// An operand and all operators behind it that bind stronger than `precedence`.
    mutating func operation(above precedence: Int) throws(QueryError) -> Expression {
        try enter()
        defer { depth -= 1 }
        var chained = 0
        var left = try operand()
        while let binary = BinaryOperator(current), binary.precedence > precedence {
            // Each operator of a chain is a level of the tree.
            try enter()
            chained += 1
            left = try self.binary(binary, left: left)
        }
        depth -= chained
        if current.kind == .keyword(.atan2) { throw unsupported("operator \"atan2\"") }
        return left
    }

    private mutating func binary(
        _ binary: BinaryOperator, left: Expression
    ) throws(QueryError) -> Expression {
        let start = try take().start
        let returnsBool = try takeIf(.keyword(.bool))
        let matching = try vectorMatching()
        let strength = binary == .power ? binary.precedence - 1 : binary.precedence
        let right = try operation(above: strength)
        let node = BinaryOperation(
            operation: binary, left: left, right: right, returnsBool: returnsBool,
            matching: matching, operatorStart: start)
        return Expression(node: .binary(node), start: left.start)
    }

    private mutating func vectorMatching() throws(QueryError) -> VectorMatching? {
        let isOn = current.kind == .keyword(.on)
        guard isOn || current.kind == .keyword(.ignoring) else { return nil }
        _ = try take()
        let labels = try groupingLabels()
        if current.kind == .keyword(.groupLeft) || current.kind == .keyword(.groupRight) {
            throw unsupported("modifier \(quoted(current.text))")
        }
        return VectorMatching(isOn: isOn, labels: labels)
    }

    private mutating func operand() throws(QueryError) -> Expression {
        let isNegative = current.kind == .symbol(.minus)
        guard isNegative || current.kind == .symbol(.plus) else { return try modified(primary()) }
        let start = try take().start
        let inner = try operation(above: BinaryOperator.signPrecedence)
        return Expression(node: .sign(isNegative: isNegative, inner), start: start)
    }

    private mutating func primary() throws(QueryError) -> Expression {
        let token = current
        switch token.kind {
        case .number:
            _ = try take()
            return Expression(node: .number(try number(token)), start: token.start)
        case .string:
            _ = try take()
            return Expression(node: .string(token.text), start: token.start)
        case .symbol(.leftParenthesis): return try parentheses()
        case .symbol(.leftBrace): return try selector(name: nil, start: token.start)
        case .identifier:
            _ = try take()
            return current.kind == .symbol(.leftParenthesis)
                ? try call(token) : try selector(name: token)
        case .metricIdentifier:
            _ = try take()
            return try selector(name: token)
        case .keyword(let keyword):
            return try self.keyword(keyword)
        case .end, .duration, .symbol: throw unexpected()
        }
    }

    private mutating func keyword(_ keyword: Keyword) throws(QueryError) -> Expression {
        guard keyword.isMetricName else { throw unexpected() }
        let token = try take()
        guard keyword.role == .aggregation else { return try selector(name: token) }
        switch current.kind {
        case .symbol(.leftParenthesis), .keyword(.by), .keyword(.without):
            return try aggregation(token)
        default: return try selector(name: token)
        }
    }

    private mutating func parentheses() throws(QueryError) -> Expression {
        let start = try take().start
        let inner = try operation(above: 0)
        guard try takeIf(.symbol(.rightParenthesis)) else { throw unexpected() }
        return Expression(node: .parentheses(inner), start: start)
    }

    private func number(_ token: Token) throws(QueryError) -> Double {
        do throws(NumberLiteral.Fault) {
            return try NumberLiteral.value(of: token.text)
        } catch {
            throw fault("error parsing number: \(error.message)", at: token.start)
        }
    }

    private mutating func enter() throws(QueryError) {
        depth += 1
        guard depth <= QueryLimits.depth else {
            throw fault("expression is nested deeper than \(QueryLimits.depth) levels")
        }
    }
}

extension Parser {
    mutating func take() throws(QueryError) -> Token {
        let token = current
        current = try lexer.next()
        return token
    }

    mutating func takeIf(_ kind: Token.Kind) throws(QueryError) -> Bool {
        guard current.kind == kind else { return false }
        _ = try take()
        return true
    }

    mutating func takeSymbol(
        _ symbol: Symbol, in context: String, expected: String
    ) throws(QueryError) {
        guard try takeIf(.symbol(symbol)) else {
            throw unexpected(in: context, expected: expected)
        }
    }

    /// Gives a selector its place among those of the query.
    mutating func add(name: String?, matchers: [LabelMatcher]) throws(QueryError) -> Selector {
        patterns += matchers.count { $0.kind == .matches || $0.kind == .doesNotMatch }
        guard patterns <= QueryLimits.patterns, selectors.count < QueryLimits.selectors else {
            throw fault("too many selectors or patterns in one query")
        }
        let selector = Selector(index: selectors.count, name: name, matchers: matchers)
        selectors.append(selector)
        return selector
    }

    func fault(_ message: String, at offset: Int? = nil) -> QueryError {
        .parse(message, at: offset ?? current.start, in: lexer.text)
    }

    func unexpected() -> QueryError {
        let context = openAggregations > 0 ? " in aggregation" : ""
        return fault("unexpected \(current.description)\(context)")
    }

    func unexpected(in context: String, expected: String) -> QueryError {
        fault("unexpected \(current.description) in \(context), expected \(expected)")
    }

    func unsupported(_ what: String, at offset: Int? = nil) -> QueryError {
        fault(QueryError.unsupportedMessage(what), at: offset)
    }
}
