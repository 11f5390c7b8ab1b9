import TimeSeries

extension Evaluation {
    mutating func binary(
        _ binary: BinaryOperation, at time: Int64
    ) throws(QueryError) -> StepValue {
        let left = try value(of: binary.left, at: time)
        let right = try value(of: binary.right, at: time)
        switch (left, right) {
        case (.scalar(let left), .scalar(let right)):
            let comparison = binary.operation.holds(left, right) ? 1.0 : 0
            return .scalar(binary.operation.arithmetic(left, right) ?? comparison)
        case (.vector(let elements), .scalar(let number)):
            return .vector(try scaled(elements, binary) { ($0, number) })
        case (.scalar(let number), .vector(let elements)):
            return .vector(try scaled(elements, binary) { (number, $0) })
        case (.vector(let left), .vector(let right)):
            return .vector(
                binary.operation.isSetOperation
                    ? combined(left, right, binary) : try joined(left, right, binary))
        default: return .vector([])
        }
    }

    /// A vector and a number, in the order that `operands` puts them.
    private mutating func scaled(
        _ elements: [Element], _ binary: BinaryOperation,
        operands: (Double) -> (Double, Double)
    ) throws(QueryError) -> [Element] {
        let operation = binary.operation
        let context = "operator \(quoted(operation.rawValue))"
        if operation.isArithmetic {
            return try mapped(elements, in: context) { value in
                let (left, right) = operands(value)
                return operation.arithmetic(left, right) ?? .nan
            }
        }
        if binary.returnsBool {
            return try mapped(elements, in: context) { value in
                let (left, right) = operands(value)
                return operation.holds(left, right) ? 1 : 0
            }
        }
        var kept: [Element] = []
        for element in elements {
            let (left, right) = operands(try float(element, in: context))
            if operation.holds(left, right) { kept.append(element) }
        }
        return kept
    }

    /// Elements of both sides one to one (`VectorBinop` in Prometheus' promql/engine.go).
    private mutating func joined(
        _ left: [Element], _ right: [Element], _ binary: BinaryOperation
    ) throws(QueryError) -> [Element] {
        guard !left.isEmpty, !right.isEmpty else { return [] }
        let partners = try partners(right, binary)
        let context = "operator \(quoted(binary.operation.rawValue))"
        let names = labels.ids(left.map(\.labels), shaped: binary.resultShape)
        var matched: Set<LabelTable.ID> = []
        var results: [Element] = []
        for ((element, name), group) in zip(zip(left, names), groups(left, binary)) {
            guard let partner = partners[group] else { continue }
            let operands = (
                try float(element, in: context), try float(partner, in: context)
            )
            guard let value = binary.value(operands.0, operands.1) else { continue }
            guard matched.insert(group).inserted else {
                throw QueryError(
                    .execution,
                    "multiple matches for labels: many-to-one matching must be explicit "
                        + "(group_left/group_right)")
            }
            results.append(Element(labels: name, value: .float(value)))
        }
        return try unique(results)
    }

    /// The elements of the right side by their group, each of which may have one only.
    private mutating func partners(
        _ elements: [Element], _ binary: BinaryOperation
    ) throws(QueryError) -> [LabelTable.ID: Element] {
        var partners: [LabelTable.ID: Element] = [:]
        for (element, group) in zip(elements, groups(elements, binary)) {
            guard let other = partners.updateValue(element, forKey: group) else { continue }
            let pair = "[\(labels[element.labels].notation), \(labels[other.labels].notation)]"
            throw QueryError(
                .execution,
                "found duplicate series for the match group \(labels[group].notation) on the right "
                    + "hand-side of the operation: \(pair);many-to-many matching not allowed: "
                    + "matching labels must be unique on one side")
        }
        return partners
    }

    /// `and`, `or` and `unless`, which leave values alone.
    private mutating func combined(
        _ left: [Element], _ right: [Element], _ binary: BinaryOperation
    ) -> [Element] {
        let lefts = groups(left, binary)
        let rights = groups(right, binary)
        func elements(
            _ elements: [Element], _ groups: [LabelTable.ID],
            where isWanted: (LabelTable.ID) -> Bool
        ) -> [Element] {
            zip(elements, groups).filter { isWanted($0.1) }.map(\.0)
        }
        switch binary.operation {
        case .and: return elements(left, lefts, where: Set(rights).contains)
        case .unless:
            let others = Set(rights)
            return elements(left, lefts) { !others.contains($0) }
        default:
            let known = Set(lefts)
            return left + elements(right, rights) { !known.contains($0) }
        }
    }

    private mutating func groups(
        _ elements: [Element], _ binary: BinaryOperation
    ) -> [LabelTable.ID] {
        labels.ids(elements.map(\.labels), shaped: binary.groupShape)
    }
}

extension BinaryOperation {
    /// The labels by which elements belong together.
    fileprivate var groupShape: LabelShape {
        guard let matching else { return .unnamed }
        return matching.isOn
            ? .keeping(matching.labels) : .dropping(matching.labels + [LabelShape.metricName])
    }

    /// The labels of a result; only a comparison that filters keeps the metric name.
    fileprivate var resultShape: LabelShape {
        let dropsName = operation.isArithmetic || returnsBool
        let names = dropsName ? [LabelShape.metricName] : []
        guard let matching else { return .dropping(names) }
        guard matching.isOn else { return .dropping(matching.labels + names) }
        return .keeping(matching.labels.filter { !names.contains($0) })
    }

    /// The value of two elements; nil where a comparison leaves them out.
    fileprivate func value(_ left: Double, _ right: Double) -> Double? {
        if let result = operation.arithmetic(left, right) { return result }
        let holds = operation.holds(left, right)
        if returnsBool { return holds ? 1 : 0 }
        return holds ? left : nil
    }
}

extension LabelSet {
    /// The labels as Prometheus prints them: `{job="api"}`.
    fileprivate var notation: String {
        "{\(texts.map { "\($0.name)=\(quoted($0.value))" }.joined(separator: ", "))}"
    }
}
