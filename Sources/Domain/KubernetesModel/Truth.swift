/// Whether something holds, where not everything is known.
package enum Truth: Int, Sendable, Comparable {
    case no, unknown, yes

    package init(_ holds: Bool) { self = holds ? .yes : .no }

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

extension Sequence where Element == Truth {
    /// Whether one of them holds; no when there is none.
    package var any: Truth { self.max() ?? .no }
    /// Whether every one of them holds; yes when there is none.
    package var all: Truth { self.min() ?? .yes }
}
