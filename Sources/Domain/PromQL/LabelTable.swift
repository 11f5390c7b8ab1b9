import TimeSeries

/// Numbers the label sets of an evaluation, so that steps compare and map numbers only.
struct LabelTable {
    typealias ID = Int

    private var sets: [LabelSet] = []
    private var ids: [LabelSet: ID] = [:]
    private var shaped: [LabelShape: [ID: ID]] = [:]

    subscript(id: ID) -> LabelSet { sets[id] }

    mutating func id(of labels: LabelSet) -> ID {
        if let id = ids[labels] { return id }
        sets.append(labels)
        ids[labels] = sets.count - 1
        return sets.count - 1
    }

    /// What remains of each label set.
    mutating func ids(_ sources: some Sequence<ID>, shaped shape: LabelShape) -> [ID] {
        var known = shaped.removeValue(forKey: shape) ?? [:]
        defer { shaped[shape] = known }
        return sources.map { source in
            if let id = known[source] { return id }
            let id = id(of: shape.applied(to: sets[source]))
            known[source] = id
            return id
        }
    }
}
