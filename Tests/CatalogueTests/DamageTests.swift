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
        // Some lines of each, spread over it: there are hundreds of examples.
        for index in stride(from: 0, to: lines.count, by: max(1, lines.count / 16)) {
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
            // The check itself, and others in turns, so that each sees something of everything.
            let others = Catalogue.all.enumerated().filter { $0.offset % 15 == part - 1 }
            judge(
                String(decoding: text.prefix(text.count * part / 16), as: UTF8.self),
                with: [row.check] + others.map(\.element))
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
