package import Evidence
package import KubernetesModel

/// A fault that log lines speak of, when there is nothing but logs.
package struct LoggedFault: Sendable {
    package let check: String
    package let severity: Severity
    package let confidence: Confidence
    package let message: String
    package let why: String
    package let fix: String
    /// Empty where it is not known.
    package let cluster: String
    package let object: ObjectReference
    package let evidence: [EvidenceItem]
    package let sightings: Sightings

    /// Less than certain is at most a warning.
    package init(
        check: String, severity: Severity, confidence: Confidence, message: String, why: String,
        fix: String, cluster: String, object: ObjectReference, evidence: [EvidenceItem],
        sightings: Sightings
    ) {
        self.check = check
        self.severity = confidence == .certain ? severity : min(severity, .warning)
        self.confidence = confidence
        self.message = message
        self.why = why
        self.fix = fix
        self.cluster = cluster
        self.object = object
        self.evidence = evidence
        self.sightings = sightings
    }
}

/// The lines that say one thing.
package struct Sightings: Sendable, Hashable {
    /// A line of a log; it counts from 1.
    package struct Place: Sendable, Hashable {
        package let file: String
        package let line: Int
        /// Unicode scalars of the line.
        package let length: Int

        package init(file: String, line: Int, length: Int) {
            (self.file, self.line, self.length) = (file, line, length)
        }
    }

    package let count: Int
    /// Seconds since 1970, where the lines tell.
    package let first: Double?
    package let last: Double?
    /// The first few.
    package let places: [Place]

    package init(count: Int, first: Double?, last: Double?, places: [Place]) {
        self.count = count
        self.first = first
        self.last = last
        self.places = places
    }
}

/// How many lines of the logs say something.
package struct LineCount: Sendable, Hashable {
    package let total: Int
    package let explained: Int
    /// Of level warn or above, and nothing matched.
    package let unexplained: Int
    /// `FILE:LINE` of the first of those.
    package let firstUnexplained: String?

    package init(total: Int, explained: Int, unexplained: Int, firstUnexplained: String? = nil) {
        self.total = total
        self.explained = explained
        self.unexplained = unexplained
        self.firstUnexplained = firstUnexplained
    }
}

extension Conclusion {
    /// Puts what logs say in order; a fault stands under every one that may lead to it by way of
    /// faults that were seen too, for what no line speaks of counts as sound.
    package init(
        logs faults: [LoggedFault], lines: LineCount, causes: CauseGraph, gaps: [Gap] = []
    ) {
        let seen = Set(faults.map(\.check))
        let effects = Dictionary(
            uniqueKeysWithValues: seen.map { ($0, causes.reach(of: $0, within: seen)) })
        let explained = effects.values.reduce(into: Set()) { $0.formUnion($1) }
        let roots = faults.filter { !explained.contains($0.check) }.map { root in
            (root, Self.sorted(faults.filter { effects[root.check]?.contains($0.check) == true }))
        }
        let ranked = roots.sorted { Self.rank($0.0, $0.1) < Self.rank($1.0, $1.1) }
        var findings: [ReportedFinding] = []
        var ids: [String: String] = [:]
        for fault in ranked.flatMap({ [$0.0] + $0.1 }) where ids[fault.check] == nil {
            var finding = ReportedFinding(fault)
            finding.id = "F\(findings.count + 1)"
            ids[fault.check] = finding.id
            findings.append(finding)
        }
        self.init(
            findings: findings,
            rootCauses: ranked.map { root, effects in
                RootCause(
                    finding: ids[root.check] ?? "", check: root.check,
                    explains: effects.compactMap { ids[$0.check] }, blocks: [])
            },
            checks: [], gaps: gaps, lines: lines)
    }

    private static func sorted(_ faults: [LoggedFault]) -> [LoggedFault] {
        faults.sorted { rank($0, []) < rank($1, []) }
    }

    /// Worst first, then what explains most, then by id.
    private static func rank(_ root: LoggedFault, _ effects: [LoggedFault]) -> (Int, Int, String) {
        let worst = effects.map(\.severity).reduce(root.severity, max)
        let order = Severity.allCases.sorted(by: >).firstIndex(of: worst) ?? 0
        return (order, -effects.count, root.check)
    }
}

extension CauseGraph {
    /// Everything that an id may lead to in any number of steps, all of them between given ids.
    func reach(of id: String, within ids: Set<String>) -> Set<String> {
        var reached: Set<String> = []
        var waiting = [id]
        while let next = waiting.popLast() {
            for effect in effects(of: next)
            where ids.contains(effect) && reached.insert(effect).inserted {
                waiting.append(effect)
            }
        }
        return reached
    }
}
