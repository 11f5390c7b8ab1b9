import LabelMatching
import TimeSeries

extension Evaluation {
    mutating func call(
        _ function: QueryFunction, _ arguments: [Expression], at time: Int64
    ) throws(QueryError) -> StepValue {
        guard let argument = arguments.first?.unparenthesised else {
            return .scalar(Double(time) / 1000)
        }
        let context = "function \(quoted(function.rawValue))"
        switch function {
        case .time: return .scalar(Double(time) / 1000)
        case .abs: return .vector(try mapped(vector(of: argument, at: time), in: context, abs))
        case .ceil:
            return .vector(
                try mapped(vector(of: argument, at: time), in: context) { $0.rounded(.up) })
        case .floor:
            return .vector(
                try mapped(vector(of: argument, at: time), in: context) { $0.rounded(.down) })
        case .scalar:
            let elements = try vector(of: argument, at: time)
            return .scalar(elements.count == 1 ? try float(elements[0], in: context) : .nan)
        case .vector:
            guard case .scalar(let number) = try value(of: argument, at: time) else {
                return .vector([])
            }
            return .vector([Element(labels: labels.id(of: .empty), value: .float(number))])
        case .absent:
            guard try vector(of: argument, at: time).isEmpty else { return .vector([]) }
            return .vector([Element(labels: labels.id(of: argument.absentLabels), value: .float(1))]
            )
        case .timestamp: return .vector(try timestamps(of: argument, at: time))
        case .rate, .increase, .irate, .delta, .countOverTime, .sumOverTime, .minOverTime,
            .maxOverTime, .avgOverTime, .lastOverTime:
            return .vector(try overTime(function, argument, at: time))
        }
    }

    /// The moments of the samples where a selector is asked, else the moment of the query.
    private mutating func timestamps(
        of argument: Expression, at time: Int64
    ) throws(QueryError) -> [Element] {
        guard case .selector(let selector) = argument.node else {
            let elements = try vector(of: argument, at: time).map {
                Element(labels: $0.labels, value: .float(0))
            }
            return try mapped(elements, in: "") { _ in Double(time) / 1000 }
        }
        let elements = (selections[selector.index] ?? []).compactMap { series in
            series.latest(at: time - selector.offset).map {
                Element(labels: series.labels, value: .float(Double($0.timestamp) / 1000))
            }
        }
        return try mapped(elements, in: "") { $0 }
    }

    private mutating func overTime(
        _ function: QueryFunction, _ argument: Expression, at time: Int64
    ) throws(QueryError) -> [Element] {
        guard case .range(let selector, let milliseconds) = argument.node else { return [] }
        let end = time - selector.offset
        let start = end - milliseconds
        var elements: [Element] = []
        for series in selections[selector.index] ?? [] {
            guard series.histograms(from: start, through: end).isEmpty else {
                throw .unsupported("native histograms in function \(quoted(function.rawValue))")
            }
            let samples = series.floats(from: start, through: end)
            try budget.touch(samples.count)
            let window = SampleWindow(samples: samples, start: start, end: end)
            if let value = window.value(of: function) {
                elements.append(Element(labels: series.labels, value: .float(value)))
            }
        }
        // The last value is still a value of the metric; all others are something new.
        return function == .lastOverTime ? elements : try mapped(elements, in: "") { $0 }
    }
}

extension Expression {
    /// The labels that a missing series would have: those that a selector asks for by value
    /// (`createLabelsForAbsentFunction`).
    fileprivate var absentLabels: LabelSet {
        guard case .selector(let selector) = node else { return .empty }
        var values: [String: String] = [:]
        var seen: Set<String> = [LabelShape.metricName]
        for matcher in selector.matchers {
            let isNew = matcher.kind == .equal && seen.insert(matcher.name).inserted
            values[matcher.name] = isNew && !matcher.value.isEmpty ? matcher.value : nil
        }
        return LabelSet(values.map { SeriesLabel($0.key, $0.value) })
    }
}
