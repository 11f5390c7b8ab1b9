/// A word of a query.
struct Token: Hashable {
    enum Kind: Hashable {
        case end
        case number, duration, string
        /// A name without a colon, which may be one of a label.
        case identifier
        case metricIdentifier
        case symbol(Symbol)
        case keyword(Keyword)
    }

    let kind: Kind
    /// As written; of a string, the content.
    let text: String
    /// Where it begins, in bytes of the query.
    let start: Int

    /// How Prometheus names the token in its messages (`Item.desc` in promql/parser/lex.go).
    var description: String {
        switch kind {
        case .end: "end of input"
        case .number: "number \(quoted(text))"
        case .duration: "duration \(quoted(text))"
        case .string: "string \(quoted(text))"
        case .identifier: "identifier \(quoted(text))"
        case .metricIdentifier: "metric identifier \(quoted(text))"
        case .symbol(let symbol):
            symbol.isOperator ? "<op:\(symbol.rawValue)>" : "\"\(symbol.rawValue)\""
        case .keyword(let keyword):
            switch keyword.role {
            case .operation: "<op:\(keyword.rawValue)>"
            case .aggregation: "<aggr:\(keyword.rawValue)>"
            case .modifier: "<\(keyword.rawValue)>"
            }
        }
    }
}

enum Symbol: String, Hashable {
    case leftParenthesis = "("
    case rightParenthesis = ")"
    case leftBrace = "{"
    case rightBrace = "}"
    case leftBracket = "["
    case rightBracket = "]"
    case comma = ","
    case colon = ":"
    case at = "@"
    case assign = "="
    case matches = "=~"
    case doesNotMatch = "!~"
    case plus = "+"
    case minus = "-"
    case times = "*"
    case divide = "/"
    case modulo = "%"
    case power = "^"
    case equal = "=="
    case notEqual = "!="
    case less = "<"
    case greater = ">"
    case lessOrEqual = "<="
    case greaterOrEqual = ">="

    var isOperator: Bool {
        switch self {
        case .leftParenthesis, .rightParenthesis, .leftBrace, .rightBrace, .leftBracket,
            .rightBracket, .comma, .colon, .assign:
            false
        case .at, .matches, .doesNotMatch, .plus, .minus, .times, .divide, .modulo, .power, .equal,
            .notEqual, .less, .greater, .lessOrEqual, .greaterOrEqual:
            true
        }
    }
}

/// Words with a meaning, in any case (`key` in promql/parser/lex.go).
enum Keyword: String, Hashable, CaseIterable {
    case and, or, unless, atan2
    case sum, avg, count, min, max
    case group, stddev, stdvar, topk, bottomk, quantile
    case countValues = "count_values"
    case offset, by, without, on, ignoring, bool
    case groupLeft = "group_left"
    case groupRight = "group_right"
    case start, end

    enum Role { case operation, aggregation, modifier }

    var role: Role {
        switch self {
        case .and, .or, .unless, .atan2: .operation
        case .sum, .avg, .count, .min, .max, .group, .stddev, .stdvar, .topk, .bottomk, .quantile,
            .countValues:
            .aggregation
        case .offset, .by, .without, .on, .ignoring, .bool, .groupLeft, .groupRight, .start, .end:
            .modifier
        }
    }

    /// Whether a metric may have this name (`metric_identifier` in the grammar).
    var isMetricName: Bool {
        switch self {
        case .bool, .on, .ignoring, .groupLeft, .groupRight, .atan2: false
        case .and, .or, .unless, .sum, .avg, .count, .min, .max, .group, .stddev, .stdvar, .topk,
            .bottomk, .quantile, .countValues, .offset, .by, .without, .start, .end:
            true
        }
    }
}
