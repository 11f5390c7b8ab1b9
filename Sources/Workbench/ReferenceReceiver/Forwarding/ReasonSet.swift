/// Distinct reasons, printed as Thanos answers them (`errorSet` in pkg/receive/handler.go).
struct ReasonSet: Hashable, Sendable {
    private var reasons: Set<String> = []

    mutating func formUnion(_ other: ReasonSet) {
        reasons.formUnion(other.reasons)
    }

    /// Sorted by bytes, with their number in front when there are several.
    var text: String {
        let sorted = reasons.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        let joined = sorted.joined(separator: "; ")
        return sorted.count > 1 ? "\(sorted.count) errors: \(joined)" : joined
    }
}

extension ReasonSet: ExpressibleByArrayLiteral {
    init(arrayLiteral reasons: String...) {
        self.init(reasons)
    }

    init(_ reasons: some Sequence<String>) {
        self.reasons = Set(reasons)
    }
}
