import CheckCatalogue
import Diagnosis
import Evidence
import MarkedYAML
import Testing

@Suite("Checks over damaged evidence")
struct DamageTests {
    @Test("A line less changes findings and breaks nothing", arguments: JudgedExample.all)
    func surviveAMissingLine(row: JudgedExample) {
        let lines = row.example.bundle.split(separator: "\n", omittingEmptySubsequences: false)
        for index in lines.indices {
            var rest = lines
            rest.remove(at: index)
            judge(rest.joined(separator: "\n"), with: [row.check])
        }
        // The whole bundle still does what it says.
        let fires = !row.findings(in: row.bundle.snapshot).isEmpty
        #expect(fires == (row.example.expectation == .fires))
    }

    @Test("A bundle that ends too early breaks nothing", arguments: JudgedExample.all)
    func surviveATruncation(row: JudgedExample) {
        let text = Array(row.example.bundle.utf8)
        for part in 1..<16 {
            judge(
                String(decoding: text.prefix(text.count * part / 16), as: UTF8.self),
                with: Catalogue.all)
        }
        #expect(row.check.findings(in: ExampleBundle("").snapshot).isEmpty)
    }

    private func judge(_ bundle: String, with checks: [Check]) {
        let snapshot = ExampleBundle(bundle).snapshot
        for check in checks {
            for finding in check.findings(in: snapshot) {
                // A finding must be printable wherever it points.
                _ = finding.places.map { $0.range.start.line + $0.range.end.line }
            }
        }
    }
}
