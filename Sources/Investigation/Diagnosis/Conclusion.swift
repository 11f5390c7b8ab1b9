package import Evidence

/// What a run found, causes before symptoms.
package struct Conclusion: Sendable {
    /// In report order, numbered F1, F2 … in it.
    package let findings: [ReportedFinding]
    package let rootCauses: [RootCause]
    /// By id.
    package let checks: [CheckResult]
    package let gaps: [Gap]
    /// What the addresses answered, hop by hop, whatever was made of it.
    package let probes: [ProbeRecord]
    /// How many lines were read, where logs were all there was.
    package let lines: LineCount?

    package init(
        findings: [ReportedFinding], rootCauses: [RootCause], checks: [CheckResult], gaps: [Gap],
        probes: [ProbeRecord] = [], lines: LineCount? = nil
    ) {
        self.findings = findings
        self.rootCauses = rootCauses
        self.checks = checks
        self.gaps = gaps
        self.probes = probes
        self.lines = lines
    }

    /// Judges a snapshot; equal evidence gives equal conclusions.
    package init(judging snapshot: Snapshot, with checks: [Check], causes: CauseGraph) {
        let judged = checks.map { JudgedChecks.JudgedCheck($0, over: snapshot) }
        self.init(snapshot, judged: judged, causes: causes)
    }

    /// The same with the checks spread over all cores; neither order nor timing can matter.
    package static func judging(
        _ snapshot: Snapshot, with checks: [Check], causes: CauseGraph
    ) async -> Conclusion {
        let judged = await withTaskGroup(of: JudgedChecks.JudgedCheck.self) { group in
            for check in checks {
                group.addTask { JudgedChecks.JudgedCheck(check, over: snapshot) }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        return Conclusion(snapshot, judged: judged, causes: causes)
    }

    private init(
        _ snapshot: Snapshot, judged: [JudgedChecks.JudgedCheck], causes: CauseGraph
    ) {
        let judged = JudgedChecks(snapshot, judged: judged)
        let links = CausalLinks(judged, causes: causes)
        let order = ReportOrder(judged.findings, links: links)
        findings = order.findings
        self.checks = judged.results
        rootCauses = order.rootCauses(blocked: judged.blockers)
        gaps = snapshot.gaps
        probes = snapshot.views.flatMap(\.probes)
        lines = nil
    }

    /// Whether everything that was to be judged was judged.
    package var isComplete: Bool {
        gaps.isEmpty && !checks.contains { $0.status == .unknown }
    }

    package var worstSeverity: Severity? { findings.map(\.severity).max() }

    package func count(of severity: Severity) -> Int {
        findings.count { $0.severity == severity }
    }

    package func count(of status: CheckStatus) -> Int { checks.count { $0.status == status } }

    package func finding(_ id: String) -> ReportedFinding? { findings.first { $0.id == id } }
}

/// The outcome of one check over all views.
package struct CheckResult: Sendable, Hashable {
    package let id: String
    package let status: CheckStatus
    /// Why it is not passed or failed.
    package let reason: String?
    package let seconds: Double

    package init(id: String, status: CheckStatus, reason: String? = nil, seconds: Double = 0) {
        self.id = id
        self.status = status
        self.reason = reason
        self.seconds = seconds
    }
}

/// A finding that nothing present explains, with what it explains itself.
package struct RootCause: Sendable, Hashable {
    package let finding: String
    package let check: String
    /// Findings, transitively, in report order.
    package let explains: [String]
    /// Checks that could not look because of it.
    package let blocks: [String]

    package init(finding: String, check: String, explains: [String], blocks: [String]) {
        self.finding = finding
        self.check = check
        self.explains = explains
        self.blocks = blocks
    }
}
