import CheckCatalogue
import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import Testing

@Suite("Examples of the checks")
struct ExamplesTests {
    private static let sources = [
        "manifest", "cluster", "logs", "probe", "query", "bucket", "metrics",
    ]

    @Test("flag exactly the marked lines", arguments: JudgedExample.all)
    func flagsTheMarkedLines(row: JudgedExample) {
        let findings = row.findings(in: row.bundle.snapshot)
        #expect(Set(findings.compactMap(\.flag)) == row.bundle.marks, "\(findings.map(\.message))")
        switch row.example.expectation {
        case .fires: #expect(!findings.isEmpty)
        case .staysSilent: #expect(findings.isEmpty, "\(findings.map(\.message))")
        }
    }

    @Test("give findings that can be acted on", arguments: JudgedExample.all)
    func giveWholeFindings(row: JudgedExample) throws {
        for finding in row.findings(in: row.bundle.snapshot) {
            #expect(!finding.message.isEmpty && !finding.message.hasSuffix("."))
            let startsWithKind = finding.message.hasPrefix(finding.object.kind)
            #expect(finding.message.first?.isUppercase == false || startsWithKind)
            #expect(!finding.evidence.isEmpty, "\(finding.message)")
            #expect(finding.repair != nil, "\(finding.message)")
            for item in finding.evidence {
                #expect(Self.sources.contains(item.source))
            }
            let severity = finding.severity ?? row.check.severity
            #expect(severity <= row.check.severity)
            if severity >= .error { #expect(finding.confidence == .certain) }
        }
    }
}
