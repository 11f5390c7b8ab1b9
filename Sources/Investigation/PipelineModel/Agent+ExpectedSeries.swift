import MarkedYAML

extension Agent {
    /// The series by which its data is recognised centrally; nil when nothing names it, and when
    /// nobody can tell whether it is sent.
    package var expectedSeries: String? {
        let external = configuration?.externalLabels ?? [:]
        // What is expanded from the environment is known in the pod only.
        var labels = external.filter { !$0.value.contains("$") && !$0.value.isEmpty }
        for target in remoteWrites {
            guard let rules = target.setting("write_relabel_configs"), !rules.isNull else {
                continue
            }
            guard target.notation == .prometheus,
                let sent = OutgoingUp(labels: labels, rules: rules).labels
            else { return nil }
            labels = sent
        }
        guard !labels.isEmpty else { return nil }
        let conditions = labels.sorted { $0.key < $1.key }.map { name, value in
            "\(name)=\"\(value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
        }
        return "up{\(conditions.joined(separator: ","))}"
    }
}
