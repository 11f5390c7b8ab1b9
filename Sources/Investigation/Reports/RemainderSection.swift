import Diagnosis
import Evidence

/// What the root causes leave open: what could not be looked at and why, what was not applicable,
/// what could not be read, and on request what passed.
struct RemainderSection {
    private static let idLimit = 3

    private let conclusion: Conclusion
    private let display: DisplayOptions
    private let ink: Ink

    init(_ conclusion: Conclusion, display: DisplayOptions) {
        self.conclusion = conclusion
        self.display = display
        ink = Ink(display)
    }

    private var isVerbose: Bool { display.verbosity > 0 }

    func add(to page: inout ReportPage) {
        let notJudged = NotJudged(conclusion)
        addUnknown(notJudged.unknown, to: &page)
        addGaps(besides: Set(notJudged.unknown.map(\.reason)), to: &page)
        addBlocked(notJudged.blocked, to: &page)
        if isVerbose { addUnfolded(to: &page) } else { addSkipped(notJudged.skipped, to: &page) }
    }

    /// Every check that passed or was skipped, with its time.
    func addUnfolded(to page: inout ReportPage) {
        addList(of: .passed, titled: "Passed", to: &page)
        addList(of: .skipped, titled: "Skipped", to: &page)
    }

    private func addUnknown(_ groups: [NotJudged.Group], to page: inout ReportPage) {
        guard !groups.isEmpty else { return }
        page.separate()
        let count = groups.reduce(0) { $0 + $1.ids.count }
        let isFolded = !isVerbose && groups.contains { $0.ids.count > Self.idLimit }
        page.add("Could not look (\(count)\(isFolded ? "; -v names them" : ""))")
        for group in groups {
            add(.unknown, "\(group.subject): \(group.reason)", to: &page)
            guard group.ids.count > 1, isVerbose || group.ids.count <= Self.idLimit else {
                continue
            }
            let indent = 2 + ink.sign(CheckStatus.unknown).count + 1
            page.addProse(
                group.ids.joined(separator: ", "), lead: String(repeating: " ", count: indent),
                indent: indent, width: display.width)
        }
    }

    /// What could not be read, except where the checks above already gave the same reason.
    private func addGaps(besides reasons: Set<String>, to page: inout ReportPage) {
        let gaps = conclusion.gaps.inReportOrder.filter {
            !$0.locations.isEmpty || !reasons.contains(GapText.reason($0))
        }
        guard !gaps.isEmpty else { return }
        page.separate()
        page.add("Could not read (\(gaps.count))")
        for gap in gaps {
            let place = gap.locations.first?.address ?? TerminalText.line(gap.source)
            add(.unknown, "\(place): \(GapText.reason(gap))", to: &page)
        }
    }

    /// Only what no root cause already names.
    private func addBlocked(_ groups: [NotJudged.Group], to page: inout ReportPage) {
        let named = Set(conclusion.rootCauses.flatMap(\.blocks))
        let orphans = groups.compactMap { group -> NotJudged.Group? in
            let ids = group.ids.filter { !named.contains($0) }
            return ids.isEmpty ? nil : NotJudged.Group(reason: group.reason, ids: ids)
        }
        guard !orphans.isEmpty else { return }
        page.separate()
        page.add("Blocked (\(orphans.reduce(0) { $0 + $1.ids.count }))")
        for group in orphans { add(.blocked, "\(group.subject): \(group.reason)", to: &page) }
    }

    private func addSkipped(_ groups: [NotJudged.Group], to page: inout ReportPage) {
        guard !groups.isEmpty else { return }
        page.separate()
        let reasons = groups.map { "\($0.reason) (\($0.ids.count))" }
        let count = groups.reduce(0) { $0 + $1.ids.count }
        page.addProse(
            "\(count) skipped: " + reasons.joined(separator: ", "), indent: 0,
            width: display.width)
    }

    private func addList(
        of status: CheckStatus, titled title: String, to page: inout ReportPage
    ) {
        let results = conclusion.checks.filter { $0.status == status }
        guard !results.isEmpty else { return }
        page.separate()
        page.add("\(title) (\(results.count))")
        let longest = results.map(\.id.count).max() ?? 0
        for result in results.sorted(by: { $0.id < $1.id }) {
            let blanks = String(repeating: " ", count: longest - result.id.count + 2)
            let reason = result.reason.map { "  " + TerminalText.line($0) } ?? ""
            let time = Tally.time(result.seconds)
            page.add("  \(ink.painted(status)) \(result.id)\(blanks)\(time)\(reason)")
        }
    }

    private func add(_ status: CheckStatus, _ prose: String, to page: inout ReportPage) {
        let sign = ink.sign(status)
        page.addProse(
            prose, lead: "  " + ink.painted(status) + " ", indent: 2 + sign.count + 1,
            width: display.width)
    }
}
