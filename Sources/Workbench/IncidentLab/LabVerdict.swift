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
        var problems: [String] = []
        let found = Set(conclusion.findings.map(\.check))
        let root = isTwin ? nil : incident.root
        let symptoms = isTwin ? [] : incident.symptoms.filter(known.contains)
        let first = conclusion.rootCauses.first
        if let root {
            if first?.check != root {
                problems.append("first root cause is \(first?.check ?? "none"), not \(root)")
            }
            let cause = conclusion.rootCauses.first { $0.check == root }
            let folded = Set(
                cause?.explains.compactMap { conclusion.finding($0)?.check } ?? [])
            for symptom in symptoms where !folded.contains(symptom) {
                problems.append(
                    found.contains(symptom)
                        ? "\(symptom) is not folded under \(root)" : "\(symptom) was not found")
            }
        } else {
            for id in ([incident.root].compactMap(\.self) + incident.symptoms)
            where isTwin && found.contains(id) && !incident.also.contains(id) {
                problems.append("\(id) is still reported after the repair")
            }
        }
        for id in incident.also where known.contains(id) && !found.contains(id) {
            problems.append("\(id) was not found")
        }
        for id in incident.notReported where found.contains(id) {
            problems.append("\(id) must not be reported")
        }
        let listed = Set([root].compactMap(\.self) + symptoms + incident.also + incident.allowed)
        for finding in conclusion.findings where !listed.contains(finding.check) {
            // What is left of the incident in its twin was named above already.
            guard !incident.symptoms.contains(finding.check), finding.check != incident.root
            else { continue }
            problems.append("\(finding.check) is a false alarm: \(finding.message)")
        }
        if incident.root == nil {
            for finding in conclusion.findings where finding.severity > .info {
                problems.append("\(finding.check) is above info where nothing is wrong")
            }
        }
        self.problems = problems
    }
}
