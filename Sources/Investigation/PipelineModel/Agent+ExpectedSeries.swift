import MarkedYAML

extension Agent {
    /// The series by which its data is recognised centrally; nil when nothing names it, and when
    /// nobody can tell whether it is sent.
    package var expectedSeries: String? {
        let external = configuration?.externalLabels ?? [:]
        // What is expanded from the environment is known in the pod only.
        let own = external.filter { !$0.value.contains("$") && !$0.value.isEmpty }
        var sent: [[String: String]] = []
        for target in remoteWrites {
            guard let rules = target.setting("write_relabel_configs"), !rules.isNull else {
                sent.append(own)
                continue
            }
            guard target.notation == .prometheus,
                let labels = OutgoingUp(labels: own, rules: rules).labels
            else { return nil }
            sent.append(labels)
        }
        // Which of several targets leads to the Query is not known: what all of them send counts.
        let labels = (sent.first ?? own).filter { label in
            sent.allSatisfy { $0[label.key] == label.value }
        }
        guard !labels.isEmpty else { return nil }
        let conditions = labels.sorted { $0.key < $1.key }.map { name, value in
            "\(name)=\"\(value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
        }
        return "up{\(conditions.joined(separator: ","))}"
    }
}
