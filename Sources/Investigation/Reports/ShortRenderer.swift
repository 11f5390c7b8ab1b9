import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML

/// One line a finding, in the form of a compiler, for editors and grep.
struct ShortRenderer {
    private let conclusion: Conclusion
    private let run: RunDescription

    init(_ conclusion: Conclusion, run: RunDescription) {
        self.conclusion = conclusion
        self.run = run
    }

    var report: String {
        var page = ReportPage()
        if let error = run.outcome.error {
            page.add("thanosctl: error: " + TerminalText.line(error))
        }
        for finding in conclusion.findings {
            page.add(
                "\(place(of: finding)): \(Self.word(for: finding.severity)): "
                    + TerminalText.line(finding.message) + " [\(finding.check)]")
        }
        for gap in conclusion.gaps.inReportOrder { page.add(GapText.compilerLine(gap)) }
        for group in NotJudged(conclusion).unknown {
            page.add("thanosctl: note: \(group.subject) unknown: \(group.reason)")
        }
        return page.text
    }

    private func place(of finding: ReportedFinding) -> String {
        if let place = finding.places.first { return place.range.address }
        if let place = finding.sightings?.places.first {
            return TerminalText.line("\(place.file):\(place.line):1")
        }
        let object = finding.object
        let parts = [finding.cluster, object.namespace ?? "", object.kind, object.name]
        return TerminalText.line(parts.filter { !$0.isEmpty }.joined(separator: "/"))
    }

    /// Editors know `error`, `warning`, `info` and `note`, so a critical finding is an error that
    /// says so.
    private static func word(for severity: Severity) -> String {
        switch severity {
        case .critical: "error: critical"
        case .error: "error"
        case .warning: "warning"
        case .info: "info"
        }
    }
}
