import LabelMatching
import TimeSeries

/// A query in the part of PromQL that is supported: selectors with offset, arithmetic, comparisons,
/// set operations, rates and the usual functions over time, and five aggregations.
///
/// Everything follows Prometheus 2.42, whose ranges and lookback include both ends.
package struct Query: Sendable {
    private let expression: Expression

    /// Throws `bad_data` with the place of the fault, or naming what is not supported.
    package init(parsing text: String) throws(QueryError) {
        let bytes = Array(text.utf8)
        guard bytes.count <= QueryLimits.bytes else {
            throw QueryError(.badData, "query is longer than \(QueryLimits.bytes) bytes")
        }
        var parser = try Parser(bytes)
        expression = try parser.query()
    }

    /// The conditions of a query that is nothing but a selector.
    var selectorMatchers: [LabelMatcher]? {
        guard case .selector(let selector) = expression.node, selector.offset == 0 else {
            return nil
        }
        return selector.matchers
    }

    /// The value at one moment, in milliseconds since 1970.
    package func evaluate(
        at time: Int64, in source: some SeriesSource, sampleLimit: Int = QueryLimits.samples
    ) throws(QueryError) -> QueryResult {
        let steps = try QuerySteps(from: time, through: time, every: 1)
        var evaluation = try Evaluation(
            of: expression, over: steps, in: source, sampleLimit: sampleLimit)
        if case .range = expression.unparenthesised.node {
            return try evaluation.ranges(of: expression.unparenthesised, at: time)
        }
        switch try evaluation.value(of: expression, at: time) {
        case .scalar(let value): return .scalar(Sample(timestamp: time, value: value))
        case .string(let text): return .string(timestamp: time, text)
        case .vector(let elements): return evaluation.result(elements, at: time)
        }
    }

    /// The values from `start` through `end`, one each `step`, all in milliseconds.
    package func evaluate(
        from start: Int64, through end: Int64, step: Int64, in source: some SeriesSource,
        sampleLimit: Int = QueryLimits.samples
    ) throws(QueryError) -> QueryResult {
        guard expression.type == .scalar || expression.type == .instantVector else {
            let type = quoted(expression.type.rawValue)
            throw QueryError(
                .badData,
                "invalid expression type \(type) for range query, must be Scalar or instant Vector")
        }
        let steps = try QuerySteps(from: start, through: end, every: step)
        var evaluation = try Evaluation(
            of: expression, over: steps, in: source, sampleLimit: sampleLimit)
        return try evaluation.matrix(of: expression, over: steps)
    }
}

/// The moments for which a query is evaluated.
struct QuerySteps {
    let start: Int64
    let end: Int64
    let width: Int64

    init(from start: Int64, through end: Int64, every width: Int64) throws(QueryError) {
        let allowed = -QueryLimits.time...QueryLimits.time
        guard allowed.contains(start), allowed.contains(end), start <= end, width > 0 else {
            throw QueryError(.badData, "times of the query are out of range")
        }
        guard (end - start) / width <= QueryLimits.steps else { throw .tooManySteps }
        self.start = start
        self.end = end
        // A step beyond the end is never taken, and must not overflow.
        self.width = min(width, end - start + 1)
    }

    var moments: StrideThrough<Int64> { stride(from: start, through: end, by: Int(width)) }
}

extension QueryError {
    static let tooManySteps = QueryError(
        .badData,
        "exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query "
            + "resolution (?step=XX)")
}
