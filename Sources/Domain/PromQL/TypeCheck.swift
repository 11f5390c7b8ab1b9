import LabelMatching

/// Refuses what is written well and means nothing (`checkAST` in promql/parser/parse.go).
struct TypeCheck {
    let text: [UInt8]

    func check(_ expression: Expression) throws(QueryError) {
        let start = expression.start
        switch expression.node {
        case .number, .string: break
        case .selector(let selector), .range(let selector, _): try check(selector, at: start)
        case .parentheses(let inner): try check(inner)
        case .sign(_, let inner):
            try check(inner)
            guard inner.type.isNumeric else {
                throw fault(
                    "unary expression only allowed on expressions of type scalar or instant "
                        + "vector, got \"\(inner.type.rawValue)\"", at: start)
            }
        case .binary(let operation): try check(operation, at: start)
        case .aggregation(let aggregation):
            try expect(.instantVector, aggregation.operand, in: "aggregation expression")
        case .call(let function, let arguments): try check(function, arguments, at: start)
        }
    }

    private func check(_ selector: Selector, at start: Int) throws(QueryError) {
        if let name = selector.name,
            let other = selector.matchers.dropLast().first(where: {
                $0.name == LabelShape.metricName
            })
        {
            throw fault(
                "metric name must not be set twice: \(quoted(name)) or \(quoted(other.value))",
                at: start)
        }
        guard selector.matchers.contains(where: { !$0.matches([]) }) else {
            throw fault(
                "vector selector must contain at least one non-empty matcher", at: start)
        }
    }

    private func check(_ binary: BinaryOperation, at start: Int) throws(QueryError) {
        let (left, right) = (binary.left, binary.right)
        try check(left)
        try check(right)
        let isScalar = left.type == .scalar || right.type == .scalar
        if binary.returnsBool, !binary.operation.isComparison {
            throw fault(
                "bool modifier can only be used on comparison operators",
                at: binary.operatorStart)
        }
        if binary.operation.isComparison, !binary.returnsBool, left.type == .scalar,
            right.type == .scalar
        {
            throw fault(
                "comparisons between scalars must use BOOL modifier",
                at: binary.operatorStart)
        }
        for side in [left, right] where !side.type.isNumeric {
            throw fault(
                "binary expression must contain only scalar and instant vector types",
                at: side.start)
        }
        if isScalar, binary.matching?.labels.isEmpty == false {
            throw fault("vector matching only allowed between instant vectors", at: start)
        }
        if isScalar, binary.operation.isSetOperation {
            let name = quoted(binary.operation.rawValue)
            throw fault("set operator \(name) not allowed in binary scalar expression", at: start)
        }
    }

    private func check(
        _ function: QueryFunction, _ arguments: [Expression], at start: Int
    ) throws(QueryError) {
        let expected = function.arguments
        guard arguments.count == expected.count else {
            throw fault(
                "expected \(expected.count) argument(s) in call to \(quoted(function.rawValue)), "
                    + "got \(arguments.count)", at: start)
        }
        for (type, argument) in zip(expected, arguments) {
            try expect(type, argument, in: "call to function \(quoted(function.rawValue))")
        }
    }

    private func expect(
        _ type: ValueType, _ expression: Expression, in context: String
    ) throws(QueryError) {
        try check(expression)
        guard expression.type == type else {
            throw fault(
                "expected type \(type.rawValue) in \(context), got \(expression.type.rawValue)",
                at: expression.start)
        }
    }

    private func fault(_ message: String, at offset: Int) -> QueryError {
        .parse(message, at: offset, in: text)
    }
}

extension ValueType {
    fileprivate var isNumeric: Bool { self == .scalar || self == .instantVector }
}
