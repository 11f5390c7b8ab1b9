import Evidence

/// The role that would let the run see what it was refused, ready to be pasted.
struct RightsSection {
    private let rules: [String]

    init(_ gaps: [Gap]) {
        rules = Set(gaps.compactMap(\.remedy)).sorted()
    }

    func add(to page: inout ReportPage) {
        guard !rules.isEmpty else { return }
        page.separate()
        page.add("To see it, grant this and bind it to the user of the context:")
        let lines =
            [
                "apiVersion: rbac.authorization.k8s.io/v1",
                "kind: ClusterRole",
                "metadata: {name: thanosctl}",
                "rules:",
            ] + rules
        for line in lines { page.add("  \(TerminalText.line(line))") }
    }
}
