import TimeSeries

/// The labels of a series while rules change them (`Builder` in Prometheus' model/labels).
struct LabelDraft {
    private let original: LabelSet
    private(set) var entries: [(name: ArraySlice<UInt8>, value: ArraySlice<UInt8>)]
    private var isChanged = false
    private var hasAdditions = false

    /// A label without a value counts as missing.
    init(_ labels: LabelSet) {
        original = labels
        entries = []
        for label in labels where !label.value.isEmpty {
            entries.append((label.name, label.value))
        }
        isChanged = labels.contains { $0.value.isEmpty }
    }

    subscript(name: String) -> ArraySlice<UInt8> {
        entries.first { $0.name.elementsEqual(name.utf8) }?.value ?? []
    }

    /// Sets a label; an empty value removes it.
    mutating func set(_ name: ArraySlice<UInt8>, to value: ArraySlice<UInt8>) {
        removeAll { $0 == name }
        guard !value.isEmpty else { return }
        entries.append((name, value))
        isChanged = true
        hasAdditions = true
    }

    mutating func removeAll(where isUnwanted: (ArraySlice<UInt8>) -> Bool) {
        let count = entries.count
        entries.removeAll { isUnwanted($0.name) }
        if entries.count != count { isChanged = true }
    }

    /// Sorted by name only where labels came in; Prometheus leaves other orders alone.
    var labels: LabelSet {
        guard isChanged else { return original }
        let ordered =
            hasAdditions
            ? entries.sorted { $0.name.lexicographicallyPrecedes($1.name) } : entries
        var wire: [UInt8] = []
        for entry in ordered {
            LabelSet.append(name: entry.name, value: entry.value, to: &wire)
        }
        return LabelSet(canonicalWire: wire)
    }
}
