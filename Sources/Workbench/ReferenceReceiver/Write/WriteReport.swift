/// What became of one tenant's part of a request.
struct WriteReport {
    private(set) var faults: [WriteFault: Int] = [:]

    mutating func note(_ fault: WriteFault) {
        faults[fault, default: 0] += 1
    }

    /// What the answer says about the faults.
    var reasons: ReasonSet {
        ReasonSet(faults.map { $0.key.clause(count: $0.value) })
    }
}
