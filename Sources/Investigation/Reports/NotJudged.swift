import Diagnosis

/// The checks that said neither passed nor failed, grouped by why.
struct NotJudged {
    /// Checks that could not look for one reason.
    struct Group {
        let reason: String
        let ids: [String]

        /// The one check by its id, or how many there are.
        var subject: String { ids.count == 1 ? ids[0] : "\(ids.count) checks" }
    }

    let unknown: [Group]
    let blocked: [Group]
    let skipped: [Group]

    init(_ conclusion: Conclusion) {
        unknown = Self.groups(.unknown, in: conclusion)
        blocked = Self.groups(.blocked, in: conclusion)
        skipped = Self.groups(.skipped, in: conclusion)
    }

    /// The largest group first, so that the one missing permission behind a dozen checks leads.
    private static func groups(_ status: CheckStatus, in conclusion: Conclusion) -> [Group] {
        let results = conclusion.checks.filter { $0.status == status }
        return Dictionary(grouping: results) { $0.reason ?? "no reason was given" }
            .map { reason, results in
                Group(reason: TerminalText.line(reason), ids: results.map(\.id).sorted())
            }
            .sorted { ($1.ids.count, $0.reason) < ($0.ids.count, $1.reason) }
    }
}
