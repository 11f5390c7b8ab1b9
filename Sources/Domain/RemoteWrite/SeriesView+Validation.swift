import Glibc

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
                let order = label.name.order(behind: previous)
                if order == 0 { return .duplicate }
                if order < 0 { return .outOfOrder }
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

extension UnsafeRawBufferPointer {
    /// Above, below or equal to 0 as these bytes sort behind, before or like the others.
    fileprivate func order(behind other: UnsafeRawBufferPointer) -> Int {
        let shared = Swift.min(count, other.count)
        if shared > 0, let ours = baseAddress, let theirs = other.baseAddress {
            let difference = memcmp(ours, theirs, shared)
            if difference != 0 { return Int(difference) }
        }
        return count - other.count
    }
}
