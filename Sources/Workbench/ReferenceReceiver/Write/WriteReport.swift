/// What became of one tenant's part of a request.
struct WriteReport {
    private(set) var faults: [WriteFault: Int] = [:]

    mutating func note(_ fault: WriteFault) {
        faults[fault, default: 0] += 1
    }

    /// The answer's clauses, sorted; none when everything is stored.
    var clauses: [String] {
        faults.map { $0.key.clause(count: $0.value) }.sorted()
    }

    /// As Go's `errutil.MultiError` prints one or several (pkg/errutil in Thanos).
    static func joined(_ clauses: [String]) -> String {
        clauses.count > 1
            ? "\(clauses.count) errors: \(clauses.joined(separator: "; "))"
            : clauses.first ?? ""
    }
}
