import Diagnosis
import FoundationEssentials
import KubernetesModel

/// One root cause in the text report: what, where, what follows from it, how one sees it, what to
/// do.
struct RootCauseBlock {
    /// Symptoms of one check that are shown before the rest is counted.
    private static let symptomLimit = 3
    /// Evidence of one finding that is shown before the rest is counted.
    private static let evidenceLimit = 4
    private static let column = 12

    let finding: ReportedFinding
    let root: RootCause
    let symptoms: [ReportedFinding]
    let display: DisplayOptions

    private var ink: Ink { Ink(display) }
    private var isVerbose: Bool { display.verbosity > 0 }

    func add(to page: inout ReportPage, withReason: Bool) {
        addHeadline(to: &page)
        addPlaces(to: &page)
        addSightings(to: &page)
        addSymptoms(to: &page)
        addBlocked(to: &page)
        addEvidence(to: &page)
        if withReason, !finding.why.isEmpty {
            addProse(TerminalText.line(finding.why), as: "why", to: &page)
        }
        addFix(to: &page)
        addLines(["thanosctl explain \(finding.check)"], as: "more", to: &page)
    }

    private func addHeadline(to page: inout ReportPage) {
        let sure = finding.confidence == .certain ? "" : " (\(finding.confidence.rawValue))"
        let title = "\(finding.severity.rawValue)[\(finding.check)]\(sure):"
        let sign = ink.sign(finding.severity)
        let words = "\(sign) \(title) \(TerminalText.line(finding.message))"
        let lines = WrappedText.lines(words, width: display.width - 2)
        let prefix = "\(sign) \(title)"
        for (index, line) in lines.enumerated() {
            if index == 0, line.hasPrefix(prefix) {
                let rest = line.dropFirst(prefix.count)
                page.add(ink.paint(prefix, ink.tone(finding.severity)) + rest)
            } else {
                page.add(index == 0 ? line : "  " + line)
            }
        }
    }

    private func addPlaces(to page: inout ReportPage) {
        let object = TerminalText.line(finding.object.description)
        let cluster = finding.cluster.isEmpty ? "" : " in \(TerminalText.line(finding.cluster))"
        let places = finding.places.map { place in
            let label = TerminalText.line(place.label)
            return place.range.address + (label.isEmpty ? "" : "  \(label)")
        }
        addLines([object + cluster] + places, as: "where", to: &page)
    }

    private func addSightings(to page: inout ReportPage) {
        guard let sightings = finding.sightings else { return }
        var words = Tally.count(sightings.count, "line")
        let times = [sightings.first, sightings.last].compactMap(\.self).map {
            Date(timeIntervalSince1970: $0.rounded(.down)).formatted(.iso8601)
        }
        if let first = times.first, let last = times.last {
            words += first == last ? ", at \(first)" : ", \(first) to \(last)"
        }
        addProse(words, as: "seen", to: &page)
    }

    private func addEvidence(to page: inout ReportPage) {
        let count = finding.evidence.count
        // A line that counts one more takes as much room as that one.
        let isShort = isVerbose || count <= Self.evidenceLimit + 1
        let shown = isShort ? count : Self.evidenceLimit
        for (index, item) in finding.evidence.prefix(shown).enumerated() {
            let source = item.source.isEmpty ? "" : "\(TerminalText.line(item.source)): "
            addProse(
                source + TerminalText.line(item.what), as: index == 0 ? "evidence" : "", to: &page)
            if let command = item.command { addCommand(command, as: "", to: &page) }
        }
        guard count > shown else { return }
        addLines(["\(ink.ellipsis) and \(count - shown) more (-v)"], as: "", to: &page)
    }

    private func addWords(_ text: String, to page: inout ReportPage) {
        for (index, line) in TerminalText.lines(text).enumerated() {
            addProse(line, as: index == 0 ? "fix" : "", to: &page)
        }
    }

    private func addFix(to page: inout ReportPage) {
        switch finding.fix {
        case .patch(let diff): addLines(DiffText.lines(diff, ink: ink), as: "fix", to: &page)
        case .command(let command, let advice):
            addWords(advice ?? "", to: &page)
            addCommand(command, as: (advice ?? "").isEmpty ? "fix" : "", to: &page)
        case .text(let text): addWords(text, to: &page)
        }
    }
}

// MARK: What follows from it

extension RootCauseBlock {
    private func addSymptoms(to page: inout ReportPage) {
        var label = "explains"
        for group in symptomGroups {
            let shown = isVerbose ? group.count : min(group.count, Self.symptomLimit)
            for symptom in group.prefix(shown) {
                addSymptom(symptom, as: label, to: &page)
                label = ""
            }
            guard group.count > shown else { continue }
            addLines(
                ["\(ink.ellipsis) and \(group.count - shown) more of \(group[0].check) (-v)"],
                as: "", to: &page)
        }
    }

    /// Symptoms by check, in the order in which the report first names each check.
    private var symptomGroups: [[ReportedFinding]] {
        var order: [String] = []
        var groups: [String: [ReportedFinding]] = [:]
        for symptom in symptoms {
            if groups[symptom.check] == nil { order.append(symptom.check) }
            groups[symptom.check, default: []].append(symptom)
        }
        return order.compactMap { groups[$0] }
    }

    private func addSymptom(
        _ symptom: ReportedFinding, as label: String, to page: inout ReportPage
    ) {
        let message = TerminalText.line(symptom.message)
        let object = TerminalText.line(symptom.object.description)
        let subject = message.contains(symptom.object.name) ? "" : "\(object): "
        let sign = ink.sign(symptom.severity)
        page.addProse(
            "\(symptom.check): \(subject)\(message)",
            lead: lead(label) + ink.painted(symptom.severity) + " ",
            indent: Self.column + sign.count + 1, width: display.width)
    }

    private func addBlocked(to page: inout ReportPage) {
        guard !root.blocks.isEmpty else { return }
        addProse(
            root.blocks.joined(separator: ", ") + " (cannot be judged while this is broken)",
            as: "blocks", to: &page)
    }
}

// MARK: Lines

extension RootCauseBlock {
    private func lead(_ label: String) -> String {
        let blanks = String(repeating: " ", count: Self.column - 2 - label.count)
        return "  " + ink.paint(label, .strong) + blanks
    }

    private func addProse(_ prose: String, as label: String, to page: inout ReportPage) {
        page.addProse(prose, lead: lead(label), indent: Self.column, width: display.width)
    }

    private func addLines(_ lines: [String], as label: String, to page: inout ReportPage) {
        for (index, line) in lines.enumerated() {
            page.add(lead(index == 0 ? label : "") + line)
        }
    }

    private func addCommand(_ command: String, as label: String, to page: inout ReportPage) {
        let lines = TerminalText.lines(command).enumerated().map { index, line in
            (index == 0 ? "$ " : "  ") + line
        }
        addLines(lines, as: label, to: &page)
    }
}
