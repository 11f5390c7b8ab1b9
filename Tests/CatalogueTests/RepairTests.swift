import CheckCatalogue
import Diagnosis
import Evidence
import MarkedYAML
import Testing

@Suite("Repairs")
struct RepairTests {
    /// Examples with a finding in a manifest that edits can mend.
    private static let repairable = JudgedExample.all.filter { row in
        row.findings(in: row.bundle.snapshot).contains { !edits(of: $0).isEmpty }
    }

    @Test("The edits of a repair silence its finding", arguments: repairable)
    func editsSilenceTheFinding(row: JudgedExample) throws {
        let bundle = row.bundle
        let before = row.findings(in: bundle.snapshot)
        let edits = before.flatMap(Self.edits)
        let after = row.findings(in: bundle.edited(with: edits).snapshot)
        #expect(after.count == before.count { Self.edits(of: $0).isEmpty })
    }

    @Test("There are repairs to try")
    func someAreRepairable() {
        #expect(Set(Self.repairable.map(\.check.id)).count >= 5)
    }

    private static func edits(of finding: Finding) -> [TextEdit] {
        (finding.repair?.edits ?? []).filter { !$0.range.source.name.hasPrefix("cluster/") }
    }
}

extension ExampleBundle {
    /// The same files after some edits, the last place first so that none moves another.
    fileprivate func edited(with edits: [TextEdit]) -> ExampleBundle {
        let texts = files.map { file in
            var bytes = Array(file.text.utf8)
            let own = edits.filter { $0.range.source.name == file.name }
            for edit in own.sorted(by: { $0.range.bytes.lowerBound > $1.range.bytes.lowerBound }) {
                bytes.replaceSubrange(edit.range.bytes, with: edit.replacement.utf8)
            }
            return "-- \(file.name) --\n\(String(decoding: bytes, as: UTF8.self))"
        }
        return ExampleBundle(texts.joined(separator: "\n"))
    }
}
