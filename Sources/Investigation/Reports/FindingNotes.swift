import Diagnosis

/// The lines under an excerpt that begin with `=`.
struct FindingNotes {
    let width: Int
    let gutter: Int
    let ink: Ink

    /// Writes one note; an empty one is left out.
    func add(_ name: String, _ text: String, to page: inout ReportPage) {
        guard !text.isEmpty else { return }
        let label = "= \(name): "
        page.addProse(
            text, lead: margin + ink.paint(label, .strong), indent: gutter + 1 + label.count,
            width: width)
    }

    func addFix(_ fix: ReportedFinding.Fix, to page: inout ReportPage) {
        switch fix {
        case .text(let text): addWords(text, to: &page)
        case .command(let command, let advice):
            if let advice, !advice.isEmpty {
                addWords(advice, to: &page)
            } else {
                addTitle("fix: run", to: &page)
            }
            for line in TerminalText.lines(command) { addBelow("$ " + line, to: &page) }
        case .patch(let diff):
            addTitle("fix: apply", to: &page)
            for line in DiffText.lines(diff, ink: ink) { addBelow(line, to: &page) }
        }
    }

    private func addWords(_ text: String, to page: inout ReportPage) {
        for (index, line) in TerminalText.lines(text).enumerated() {
            if index == 0 { add("fix", line, to: &page) } else { addBelow(line, to: &page) }
        }
    }

    private var margin: String { String(repeating: " ", count: gutter + 1) }

    private func addTitle(_ title: String, to page: inout ReportPage) {
        page.add(margin + ink.paint("= \(title)", .strong))
    }

    private func addBelow(_ line: String, to page: inout ReportPage) {
        page.add(margin + "  " + line)
    }
}
