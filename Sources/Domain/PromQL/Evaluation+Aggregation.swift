extension Evaluation {
    /// One element a group (`aggregation` in Prometheus' promql/engine.go).
    mutating func aggregation(
        _ aggregation: Aggregation, at time: Int64
    ) throws(QueryError) -> [Element] {
        let elements = try vector(of: aggregation.operand, at: time)
        let groups = labels.ids(elements.map(\.labels), shaped: aggregation.grouping)
        var places: [LabelTable.ID: Int] = [:]
        var tallies: [(group: LabelTable.ID, tally: Tally)] = []
        for (element, group) in zip(elements, groups) {
            let place = places[group] ?? tallies.count
            if place == tallies.count {
                places[group] = place
                tallies.append((group, Tally()))
            }
            tallies[place].tally.add(try operand(element, of: aggregation.operation))
        }
        return tallies.map { group, tally in
            Element(labels: group, value: .float(aggregation.operation.value(of: tally)))
        }
    }

    /// The value of an element; that of a histogram does not matter where it is only counted.
    private func operand(
        _ element: Element, of operation: Aggregation.Operation
    ) throws(QueryError) -> Double {
        operation == .count
            ? 0 : try float(element, in: "aggregation \(quoted(operation.rawValue))")
    }
}

extension Aggregation.Operation {
    fileprivate func value(of tally: Tally) -> Double {
        switch self {
        case .sum: tally.sum.plain
        case .avg: tally.mean.sum.plain
        case .count: tally.count
        case .min: tally.minimum
        case .max: tally.maximum
        }
    }
}
