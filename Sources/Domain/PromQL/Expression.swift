import LabelMatching

/// A node of a parsed query.
struct Expression: Sendable {
    indirect enum Node: Sendable {
        case number(Double)
        case string(String)
        case selector(Selector)
        /// The samples of the last `milliseconds`.
        case range(Selector, milliseconds: Int64)
        case parentheses(Expression)
        case sign(isNegative: Bool, Expression)
        case binary(BinaryOperation)
        case aggregation(Aggregation)
        case call(QueryFunction, [Expression])
    }

    let node: Node
    /// Where it begins, in bytes of the query.
    let start: Int

    var type: ValueType {
        switch node {
        case .number: .scalar
        case .string: .string
        case .selector, .aggregation: .instantVector
        case .range: .rangeVector
        case .parentheses(let inner), .sign(_, let inner): inner.type
        case .binary(let operation):
            operation.left.type == .scalar && operation.right.type == .scalar
                ? .scalar : .instantVector
        case .call(let function, _): function.result
        }
    }
}

/// The types of values, as Prometheus' messages name them.
enum ValueType: String, Sendable {
    case scalar
    case string
    case instantVector = "instant vector"
    case rangeVector = "range vector"
}

/// Which series are meant, and when.
struct Selector: Sendable {
    /// The place of its series among those of the query.
    let index: Int
    /// The name written before the braces; also among the matchers, as their last.
    let name: String?
    let matchers: [LabelMatcher]
    /// Milliseconds that the selector looks back.
    var offset: Int64 = 0
}

/// Two operands and what is between them.
struct BinaryOperation: Sendable {
    let operation: BinaryOperator
    let left: Expression
    let right: Expression
    /// Whether a comparison answers 0 or 1 instead of leaving elements out.
    let returnsBool: Bool
    /// Nil where neither `on` nor `ignoring` was written.
    let matching: VectorMatching?
    /// Where the operator begins, in bytes of the query.
    let operatorStart: Int
}

/// By which labels the elements of two vectors belong together.
struct VectorMatching: Hashable, Sendable {
    let isOn: Bool
    let labels: [String]
}

/// Groups of elements made one each.
struct Aggregation: Sendable {
    enum Operation: String, Sendable {
        case sum, avg, count, min, max
    }

    let operation: Operation
    let operand: Expression
    let grouping: LabelShape
}
