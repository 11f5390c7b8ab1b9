import CheckCatalogue
import Diagnosis
import Evidence
import Testing

@Suite("A full address pool")
struct FullPoolTests {
    @Test("is a note when every Service has its address, and an error when one waits")
    func isANoteWhenNobodyWaits() throws {
        let check = try #require(Catalogue.entry("lb-pool-exhausted")?.check)
        let examples = check.examples.filter { $0.expectation == .fires }
        for example in examples {
            for finding in check.findings(in: ExampleBundle(example.bundle).snapshot) {
                let isWaitedFor = finding.message.contains(" waits for one")
                #expect((finding.severity ?? check.severity) == (isWaitedFor ? .error : .info))
            }
        }
        #expect(examples.count >= 3)
    }
}
