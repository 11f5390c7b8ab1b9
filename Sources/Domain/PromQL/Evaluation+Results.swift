import TimeSeries

extension Evaluation {
    /// The elements of one moment, in the order of their labels.
    func result(_ elements: [Element], at time: Int64) -> QueryResult {
        .vector(
            elements.map { element in
                (labels[element.labels], ResultPoint(timestamp: time, value: element.value))
            }.sorted { $0.0 < $1.0 })
    }

    /// The samples that a range selector means, as they are.
    mutating func ranges(
        of expression: Expression, at time: Int64
    ) throws(QueryError) -> QueryResult {
        guard case .range(let selector, let milliseconds) = expression.node else {
            return .matrix([])
        }
        var rows: [(labels: LabelSet, points: [ResultPoint])] = []
        for series in selections[selector.index] ?? [] {
            let end = time - selector.offset
            let floats = series.floats(from: end - milliseconds, through: end)
                .map { ResultPoint(timestamp: $0.timestamp, value: .float($0.value)) }
            let histograms = series.histograms(from: end - milliseconds, through: end)
                .map { ResultPoint(timestamp: $0.timestamp, value: .histogram($0.histogram)) }
            try budget.hold(floats.count + histograms.count)
            let points = (floats + histograms).sorted { $0.timestamp < $1.timestamp }
            if !points.isEmpty { rows.append((labels[series.labels], points)) }
        }
        return .matrix(rows)
    }

    /// Evaluates each step and joins what belongs to the same series.
    mutating func matrix(
        of expression: Expression, over steps: QuerySteps
    ) throws(QueryError) -> QueryResult {
        var rows: [LabelTable.ID: [ResultPoint]] = [:]
        for time in steps.moments {
            switch try value(of: expression, at: time) {
            case .scalar(let value):
                rows[labels.id(of: .empty), default: []].append(
                    ResultPoint(timestamp: time, value: .float(value)))
            case .vector(let elements):
                try budget.hold(elements.count)
                for element in elements {
                    rows[element.labels, default: []].append(
                        ResultPoint(timestamp: time, value: element.value))
                }
            case .string: break
            }
        }
        return .matrix(rows.map { (labels[$0.key], $0.value) }.sorted { $0.0 < $1.0 })
    }
}
