/// What is wrong with the labels of a series, for which Thanos refuses that series alone.
package enum LabelFault: Hashable, Sendable, CaseIterable {
    case empty
    case duplicate
    case outOfOrder
}

extension SeriesView {
    /// The first fault that Thanos would find (`ValidateLabels` in pkg/store/labelpb).
    ///
    /// Names compare as bytes. The label named by `removed` counts as not there.
    package func labelFault(removing removed: String? = nil) -> LabelFault? {
        var previous: UnsafeRawBufferPointer?
        var labels = labels
        while let label = labels.next() {
            if let removed, label.name.elementsEqual(removed.utf8) { continue }
            if label.name.isEmpty || label.value.isEmpty { return .empty }
            if let previous {
                if label.name.elementsEqual(previous) { return .duplicate }
                if label.name.lexicographicallyPrecedes(previous) { return .outOfOrder }
            }
            previous = label.name
        }
        return previous == nil ? .empty : nil
    }

    /// The first value under a name; nil when it is missing.
    package func value(of name: String) -> UnsafeRawBufferPointer? {
        var labels = labels
        while let label = labels.next() {
            if label.name.elementsEqual(name.utf8) { return label.value }
        }
        return nil
    }
}
