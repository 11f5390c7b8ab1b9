import Diagnosis
import Evidence
import KubernetesModel

/// The report of `lint`: compiler messages with the source and a caret, causes before symptoms.
struct LintRenderer {
    /// Where a finding is explained, for the note under it.
    private struct Explanation {
        let root: ReportedFinding
        var count: Int
    }

    /// Places beyond these are counted, not drawn.
    private static let placeLimit = 6

    private let conclusion: Conclusion
    private let run: RunDescription
    private let ink: Ink
    private let explanations: [String: Explanation]

    init(_ conclusion: Conclusion, run: RunDescription) {
        self.conclusion = conclusion
        self.run = run
        ink = Ink(run.display)
        explanations = Self.explanations(in: conclusion)
    }

    var report: String {
        var page = ReportPage()
        if let error = run.outcome.error {
            page.add(ink.paint("error:", .red) + " " + TerminalText.line(error))
        }
        for finding in conclusion.findings {
            page.separate()
            add(finding, to: &page)
        }
        for gap in conclusion.gaps.inReportOrder {
            page.separate()
            add(gap, to: &page)
        }
        addNotJudged(to: &page)
        if run.display.verbosity > 0 {
            RemainderSection(conclusion, display: run.display).addUnfolded(to: &page)
        }
        page.separate()
        addTotals(to: &page)
        return page.text
    }

    /// One pass over the roots, so that thousands of findings cost no more than their number.
    private static func explanations(in conclusion: Conclusion) -> [String: Explanation] {
        let findings = Dictionary(
            conclusion.findings.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var explanations: [String: Explanation] = [:]
        for root in conclusion.rootCauses {
            guard let finding = findings[root.finding] else { continue }
            for id in root.explains {
                explanations[id, default: Explanation(root: finding, count: 0)].count += 1
            }
        }
        return explanations
    }

    private func addTotals(to page: inout ReportPage) {
        if !conclusion.checks.isEmpty {
            let checks = Tally.count(conclusion.checks.count, "check")
            page.addProse(
                "\(checks) in \(Tally.time(run.seconds)): \(Tally.checks(of: conclusion))",
                indent: 0, width: run.display.width)
        }
        page.addProse(Verdict(conclusion, run: run).words, indent: 0, width: run.display.width)
    }

    /// Files cannot show everything; that a check needs a cluster is normal and only counted.
    private func addNotJudged(to page: inout ReportPage) {
        let groups = NotJudged(conclusion)
        guard !groups.unknown.isEmpty || !groups.blocked.isEmpty else { return }
        page.separate()
        for group in groups.unknown { page.add("note: \(group.subject) unknown: \(group.reason)") }
        for group in groups.blocked { page.add("note: \(group.subject) blocked: \(group.reason)") }
    }
}

// MARK: One finding

extension LintRenderer {
    private func add(_ finding: ReportedFinding, to page: inout ReportPage) {
        let sure = finding.confidence == .certain ? "" : " (\(finding.confidence.rawValue))"
        let title = "\(finding.severity.rawValue)[\(finding.check)]"
        page.add(
            ink.paint(title, ink.tone(finding.severity)) + sure + ": "
                + TerminalText.line(finding.message))
        let shown = finding.places.prefix(Self.placeLimit)
        let excerpts = shown.map {
            SourceExcerpt(of: $0.range, label: $0.label, display: run.display)
        }
        let gutter = excerpts.map(\.gutterWidth).max() ?? 1
        let tone = ink.tone(finding.severity)
        for (index, excerpt) in excerpts.enumerated() {
            excerpt.add(
                to: &page, role: index == 0 ? .main(tone) : .secondary, gutter: gutter, ink: ink)
        }
        addNotes(on: finding, gutter: gutter, to: &page)
    }

    private func addNotes(
        on finding: ReportedFinding, gutter: Int, to page: inout ReportPage
    ) {
        let notes = FindingNotes(width: run.display.width, gutter: gutter, ink: ink)
        if finding.places.isEmpty {
            notes.add("on", TerminalText.line(finding.object.description), to: &page)
        } else if finding.places.count > Self.placeLimit {
            let rest = finding.places.count - Self.placeLimit
            notes.add("note", "and \(Tally.count(rest, "more place"))", to: &page)
        }
        if let explanation = explanations[finding.id] {
            // Mending the cause mends this too, so it brings no fix of its own.
            notes.add("note", Self.note(on: explanation), to: &page)
        } else {
            notes.add("why", TerminalText.line(finding.why), to: &page)
            notes.addFix(finding.fix, to: &page)
        }
        notes.add("help", "thanosctl explain \(finding.check)", to: &page)
    }

    private static func note(on explanation: Explanation) -> String {
        let root = explanation.root
        let place = root.places.first?.range.address ?? TerminalText.line("\(root.object)")
        let others = explanation.count - 1
        let also = others == 0 ? "" : " and \(Tally.count(others, "other root cause"))"
        return "explained by \(root.id) \(root.check) at \(place)\(also); mend that first"
    }

    private func add(_ gap: Gap, to page: inout ReportPage) {
        let word = ink.paint("error:", .red)
        guard let range = gap.locations.first else {
            return page.add("\(word) \(TerminalText.line(gap.source)): \(GapText.reason(gap))")
        }
        page.add("\(word) \(range.address): \(GapText.reason(gap))")
        let excerpt = SourceExcerpt(of: range, label: "", display: run.display)
        excerpt.add(to: &page, role: .unreadable, gutter: excerpt.gutterWidth, ink: ink)
    }
}
