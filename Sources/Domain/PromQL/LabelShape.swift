import TimeSeries

/// Which labels of a series remain.
enum LabelShape: Hashable, Sendable {
    case keeping([String])
    case dropping([String])

    static let metricName = "__name__"
    static let unnamed = LabelShape.dropping([metricName])

    func applied(to labels: LabelSet) -> LabelSet {
        var wire: [UInt8] = []
        for label in labels where keeps(label.name) {
            LabelSet.append(name: label.name, value: label.value, to: &wire)
        }
        return LabelSet(canonicalWire: wire)
    }

    private func keeps(_ name: ArraySlice<UInt8>) -> Bool {
        switch self {
        case .keeping(let names): names.contains { name.elementsEqual($0.utf8) }
        case .dropping(let names): !names.contains { name.elementsEqual($0.utf8) }
        }
    }
}
