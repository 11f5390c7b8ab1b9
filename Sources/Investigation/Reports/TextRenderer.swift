import Diagnosis
import Evidence
import KubernetesModel

/// The report for people: root causes first, each with what it explains folded under it.
struct TextRenderer {
    private let conclusion: Conclusion
    private let run: RunDescription
    private let ink: Ink
    /// Root causes of one check that are shown whole before the rest is counted.
    private static let rootLimit = 3

    init(_ conclusion: Conclusion, run: RunDescription) {
        self.conclusion = conclusion
        self.run = run
        ink = Ink(run.display)
    }

    var report: String {
        var page = ReportPage()
        if let error = run.outcome.error {
            addProse(TerminalText.line(error), lead: ink.paint("error:", .red) + " ", to: &page)
        } else if !isSomethingWrong {
            addAnswer(to: &page)
        }
        addRootCauses(to: &page)
        ProbeSection(conclusion.probes, display: run.display).add(to: &page)
        RemainderSection(conclusion, display: run.display).add(to: &page)
        RightsSection(conclusion.gaps).add(to: &page)
        page.separate()
        if !conclusion.checks.isEmpty { addSummary(to: &page) }
        if let lines = conclusion.lines { addLines(lines, to: &page) }
        page.addProse(Verdict(conclusion, run: run).words, indent: 0, width: run.display.width)
        return page.text
    }

    /// An info finding is a remark, not something wrong.
    private var isSomethingWrong: Bool { (conclusion.worstSeverity ?? .info) > .info }

    /// Said first when there is no root cause to begin with.
    private func addAnswer(to page: inout ReportPage) {
        guard !conclusion.checks.isEmpty || !conclusion.gaps.isEmpty else { return }
        let remarks = conclusion.findings.count
        let also = remarks == 0 ? "" : ", " + Tally.count(remarks, "remark")
        if conclusion.isComplete {
            let sign = ink.painted(CheckStatus.passed)
            let passed = Tally.count(conclusion.count(of: .passed), "check")
            addProse("nothing is wrong: \(passed) passed\(also)", lead: sign + " ", to: &page)
        } else {
            let sign = ink.painted(CheckStatus.unknown)
            let answer = "nothing wrong was seen, but not everything could be looked at\(also)"
            addProse(answer, lead: sign + " ", to: &page)
        }
    }

    private func addRootCauses(to page: inout ReportPage) {
        let findings = Dictionary(
            conclusion.findings.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var shown: [String: Int] = [:]
        for root in conclusion.rootCauses {
            guard let finding = findings[root.finding] else { continue }
            let count = shown[root.check, default: 0]
            shown[root.check] = count + 1
            guard count < Self.rootLimit || run.display.verbosity > 0 else {
                if count == Self.rootLimit { addRemainder(of: root.check, findings, to: &page) }
                continue
            }
            page.separate()
            let block = RootCauseBlock(
                finding: finding, root: root, symptoms: root.explains.compactMap { findings[$0] },
                display: run.display)
            // A reason is worth reading once.
            block.add(to: &page, withReason: count == 0)
        }
    }

    /// One line for a fault that very many objects have.
    private func addRemainder(
        of check: String, _ findings: [String: ReportedFinding], to page: inout ReportPage
    ) {
        let rest = conclusion.rootCauses.filter { $0.check == check }.dropFirst(Self.rootLimit)
            .compactMap { findings[$0.finding] }
        guard let worst = rest.map(\.severity).max() else { return }
        let named = rest.prefix(Self.rootLimit).map { TerminalText.line($0.object.description) }
        let others = rest.count - named.count
        let tail = others > 0 ? " and \(others) more" : ""
        page.separate()
        addProse(
            "\(worst.rawValue)[\(check)]: \(rest.count) more like these, on "
                + "\(named.joined(separator: ", "))\(tail) (-v)",
            lead: ink.painted(worst) + " ", to: &page)
    }

    private func addSummary(to page: inout ReportPage) {
        let targets = run.targets.sorted().map { "\($0.role)=\(TerminalText.line($0.cluster))" }
        if !targets.isEmpty {
            page.addProse(
                "Looked at " + targets.joined(separator: ", "), indent: 0,
                width: run.display.width)
        }
        let checks = Tally.count(conclusion.checks.count, "check")
        page.addProse(
            "\(checks) in \(Tally.time(run.seconds)): \(Tally.checks(of: conclusion))",
            indent: 0, width: run.display.width)
    }

    private func addLines(_ lines: LineCount, to page: inout ReportPage) {
        let first = lines.firstUnexplained.map { ", the first at \(TerminalText.line($0))" } ?? ""
        page.addProse(
            "\(Tally.count(lines.total, "line")): \(lines.explained) explained, "
                + "\(lines.unexplained) of level warn or above that nothing matched\(first)",
            indent: 0, width: run.display.width)
    }

    private func addProse(_ prose: String, lead: String, to page: inout ReportPage) {
        page.addProse(prose, lead: lead, indent: 2, width: run.display.width)
    }
}
