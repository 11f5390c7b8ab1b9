extension Agent {
    /// The series by which its data is recognised centrally; nil when nothing names it.
    package var expectedSeries: String? {
        let labels = configuration?.externalLabels ?? [:]
        // What is expanded from the environment is known in the pod only.
        let known = labels.filter { !$0.value.contains("$") && !$0.value.isEmpty }
        guard !known.isEmpty else { return nil }
        let conditions = known.sorted { $0.key < $1.key }.map { name, value in
            "\(name)=\"\(value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
        }
        return "up{\(conditions.joined(separator: ","))}"
    }
}
