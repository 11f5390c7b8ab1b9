import LabelMatching
import TimeSeries

/// One run of a query: the series it needs, and what it may still cost.
struct Evaluation {
    /// The value of an expression at one step.
    enum StepValue {
        case scalar(Double)
        case string(String)
        case vector([Element])
    }

    struct Element {
        var labels: LabelTable.ID
        var value: ResultPoint.Value
    }

    var labels = LabelTable()
    /// By the index of the selector.
    private(set) var selections: [Int: [SelectedSeries]] = [:]
    var budget: SampleBudget

    init(
        of expression: Expression, over steps: QuerySteps, in source: some SeriesSource,
        sampleLimit: Int
    ) throws(QueryError) {
        budget = SampleBudget(samples: sampleLimit)
        for (selector, reach) in expression.selectors {
            let stored = try source.series(
                matching: selector.matchers, from: steps.start - selector.offset - reach,
                through: steps.end - selector.offset)
            for series in stored { try budget.hold(series.samples.count + series.histograms.count) }
            selections[selector.index] = stored.sorted { $0.labels < $1.labels }.map { series in
                SelectedSeries(
                    labels: labels.id(of: series.labels), samples: series.samples,
                    histograms: series.histograms)
            }
        }
    }

    mutating func value(
        of expression: Expression, at time: Int64
    ) throws(QueryError) -> StepValue {
        try budget.touch(1)
        switch expression.node {
        case .number(let number): return .scalar(number)
        case .string(let text): return .string(text)
        case .parentheses(let inner): return try value(of: inner, at: time)
        case .selector(let selector): return .vector(try latest(selector, at: time))
        // Only functions take ranges, and they look at the node themselves.
        case .range: return .vector([])
        case .sign(let isNegative, let inner):
            let value = try value(of: inner, at: time)
            return isNegative ? try negated(value) : value
        case .binary(let operation): return try binary(operation, at: time)
        case .aggregation(let aggregation):
            return .vector(try self.aggregation(aggregation, at: time))
        case .call(let function, let arguments):
            return try call(function, arguments, at: time)
        }
    }

    /// The elements of an expression that is known to be an instant vector.
    mutating func vector(
        of expression: Expression, at time: Int64
    ) throws(QueryError) -> [Element] {
        guard case .vector(let elements) = try value(of: expression, at: time) else { return [] }
        return elements
    }

    private mutating func latest(
        _ selector: Selector, at time: Int64
    ) throws(QueryError) -> [Element] {
        let elements = (selections[selector.index] ?? []).compactMap { series in
            series.latest(at: time - selector.offset).map {
                Element(labels: series.labels, value: $0.value)
            }
        }
        try budget.touch(elements.count)
        return elements
    }

    private mutating func negated(_ value: StepValue) throws(QueryError) -> StepValue {
        switch value {
        case .scalar(let number): return .scalar(-number)
        case .string: return value
        case .vector(let elements):
            return .vector(try mapped(elements, in: "unary \"-\"") { -$0 })
        }
    }

    /// Changes the values and takes the metric name away.
    mutating func mapped(
        _ elements: [Element], in context: @autoclosure () -> String, _ change: (Double) -> Double
    ) throws(QueryError) -> [Element] {
        var changed: [Element] = []
        for (element, name) in zip(elements, labels.ids(elements.map(\.labels), shaped: .unnamed)) {
            let value = try float(element, in: context())
            changed.append(Element(labels: name, value: .float(change(value))))
        }
        return try unique(changed)
    }

    /// Refuses elements that cannot be told apart any more.
    func unique(_ elements: [Element]) throws(QueryError) -> [Element] {
        guard Set(elements.map(\.labels)).count == elements.count else { throw .sameLabelSet }
        return elements
    }

    func float(
        _ element: Element, in context: @autoclosure () -> String
    ) throws(QueryError) -> Double {
        switch element.value {
        case .float(let value): return value
        case .histogram: throw .unsupported("native histograms in \(context())")
        }
    }
}

extension Expression {
    /// The expression without parentheses around it.
    var unparenthesised: Expression {
        guard case .parentheses(let inner) = node else { return self }
        return inner.unparenthesised
    }

    /// All selectors, and how many milliseconds each reaches back.
    fileprivate var selectors: [(Selector, reach: Int64)] {
        switch node {
        case .number, .string: []
        case .selector(let selector): [(selector, SelectedSeries.lookback)]
        case .range(let selector, let milliseconds): [(selector, milliseconds)]
        case .parentheses(let inner), .sign(_, let inner): inner.selectors
        case .binary(let operation): operation.left.selectors + operation.right.selectors
        case .aggregation(let aggregation): aggregation.operand.selectors
        case .call(_, let arguments): arguments.flatMap(\.selectors)
        }
    }
}
