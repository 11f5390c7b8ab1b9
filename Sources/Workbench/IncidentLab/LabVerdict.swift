package import Diagnosis

/// A diagnosis held against the truth of its incident.
package struct LabVerdict: Sendable {
    /// What is not as it should be; empty when the diagnosis is right.
    package let problems: [String]

    package var isRight: Bool { problems.isEmpty }

    /// - Parameters:
    ///   - isTwin: whether it is the repaired twin, in which nothing of the incident may be left.
    ///   - known: ids that have a check; others are passed over.
    package init(
        _ conclusion: Conclusion, of incident: Incident, isTwin: Bool, known: Set<String>
    ) {
        let truth = Truth(conclusion, incident, isTwin: isTwin, known: known)
        problems =
            (isTwin ? truth.leftOvers : truth.wrongRoots + truth.wrongSymptoms)
            + truth.wrongCompany + truth.falseAlarms
    }
}

/// The comparison of a diagnosis with its incident, one aspect at a time.
private struct Truth {
    private let conclusion: Conclusion
    private let incident: Incident
    private let isTwin: Bool
    private let known: Set<String>
    private let found: Set<String>

    init(_ conclusion: Conclusion, _ incident: Incident, isTwin: Bool, known: Set<String>) {
        self.conclusion = conclusion
        self.incident = incident
        self.isTwin = isTwin
        self.known = known
        found = Set(conclusion.findings.map(\.check))
    }

    /// One fault comes first; several come in any order, and nothing above info beside them.
    var wrongRoots: [String] {
        let roots = incident.faults.map(\.root)
        guard roots.count > 1 else {
            let first = conclusion.rootCauses.first?.check
            return roots.filter { $0 != first }.map {
                "first root cause is \(first ?? "none"), not \($0)"
            }
        }
        let company = Set(incident.also + incident.allowed)
        let blamed = conclusion.rootCauses.filter { cause in
            (conclusion.finding(cause.finding)?.severity ?? .info) > .info
        }.map(\.check).filter { !company.contains($0) }
        guard blamed.sorted() != roots.sorted() else { return [] }
        return ["root causes are \(Self.listed(blamed)), not \(Self.listed(roots))"]
    }

    var wrongSymptoms: [String] {
        incident.faults.flatMap { fault in
            let causes = conclusion.rootCauses.filter { $0.check == fault.root }
            let folded = Set(
                causes.flatMap(\.explains).compactMap { conclusion.finding($0)?.check })
            return fault.symptoms.filter { known.contains($0) && !folded.contains($0) }.map {
                found.contains($0)
                    ? "\($0) is not folded under \(fault.root)" : "\($0) was not found"
            }
        }
    }

    /// What the repair should have taken away.
    var leftOvers: [String] {
        incident.faultyIds.filter { found.contains($0) && !incident.also.contains($0) }.map {
            "\($0) is still reported after the repair"
        }
    }

    var wrongCompany: [String] {
        incident.also.filter { known.contains($0) && !found.contains($0) }.map {
            "\($0) was not found"
        }
            + incident.notReported.filter(found.contains).map { "\($0) must not be reported" }
    }

    var falseAlarms: [String] {
        // What is left of the incident in its twin was named above already.
        let listed = Set(incident.faultyIds + incident.also + incident.allowed)
        let unlisted = conclusion.findings.filter { !listed.contains($0.check) }
        let heavy = conclusion.findings.filter { $0.severity > .info }
        return unlisted.map { "\($0.check) is a false alarm: \($0.message)" }
            + (incident.faults.isEmpty
                ? heavy.map { "\($0.check) is above info where nothing is wrong" } : [])
    }

    private static func listed(_ ids: [String]) -> String {
        ids.isEmpty ? "none" : ids.sorted().joined(separator: ", ")
    }
}

extension Incident {
    /// The root causes and their symptoms.
    fileprivate var faultyIds: [String] { faults.flatMap { [$0.root] + $0.symptoms } }
}
