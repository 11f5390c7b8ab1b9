package import Evidence

/// One check: a value that names the evidence it needs and can reach no other.
package struct Check: Sendable, Identifiable {
    package let id: String
    package let severity: Severity
    package let stage: Stage
    /// One line: the fault.
    package let summary: String
    /// Why it matters, in whole sentences.
    package let why: String
    /// What to do about it, in whole sentences.
    package let fix: String
    package let needs: [EvidenceNeed]
    package let references: [String]
    package let examples: [Example]
    package let judge: @Sendable (Snapshot, ClusterView) -> Judgement

    package init<each Value: Sendable>(
        _ id: String, severity: Severity, stage: Stage = .preRollout, summary: String,
        why: String, fix: String, needs: repeat EvidenceKey<each Value>,
        references: [String] = [], examples: [Example],
        findings: @escaping @Sendable (repeat each Value) -> [Finding]
    ) {
        self.id = id
        self.severity = severity
        self.stage = stage
        self.summary = summary
        self.why = why
        self.fix = fix
        var needed: [EvidenceNeed] = []
        repeat needed.append(EvidenceNeed(each needs))
        self.needs = needed
        self.references = references
        self.examples = examples
        judge = { snapshot, view in
            var gaps: [MissingEvidence] = []
            do throws(NeedNotMet) {
                let values = (repeat try Self.value(of: each needs, snapshot, view, &gaps))
                return .judged(findings(repeat each values), gaps: gaps)
            } catch {
                return .notJudged(error.missing)
            }
        }
    }

    /// A check whose needs and judgement are not known by type: one that somebody else wrote.
    package init(
        _ id: String, severity: Severity, stage: Stage, summary: String, why: String, fix: String,
        needs: [EvidenceNeed], references: [String], examples: [Example],
        judge: @escaping @Sendable (Snapshot, ClusterView) -> Judgement
    ) {
        self.id = id
        self.severity = severity
        self.stage = stage
        self.summary = summary
        self.why = why
        self.fix = fix
        self.needs = needs
        self.references = references
        self.examples = examples
        self.judge = judge
    }

    private static func value<Value: Sendable>(
        of key: EvidenceKey<Value>, _ snapshot: Snapshot, _ view: ClusterView,
        _ gaps: inout [MissingEvidence]
    ) throws(NeedNotMet) -> Value {
        switch key.read(snapshot, view) {
        case .known(let value, gaps: let partial):
            gaps += partial
            return value
        case .missing(let missing):
            throw NeedNotMet(missing: missing)
        }
    }

    private struct NeedNotMet: Error {
        let missing: MissingEvidence
    }
}

/// What a check made of one view.
package enum Judgement: Sendable {
    /// It looked; what it could not see of many is in the gaps.
    case judged([Finding], gaps: [MissingEvidence])
    /// A need was not met.
    case notJudged(MissingEvidence)
}
