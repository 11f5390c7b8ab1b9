import CheckCatalogue
import Diagnosis
import Evidence
import Testing

@Suite("An address that takes no remote write")
struct TurnedAwayTests {
    @Test(
        "is certain only where agents get the same answer",
        arguments: [
            (
                "the agents' address answers, and another program stands there", Severity.critical,
                Confidence.certain
            ),
            ("the same for agents that name themselves: a warning", .warning, .likely),
            ("the receivers' own port answers, and no receiver", .critical, .certain),
            ("an address that was typed: a warning", .warning, .possible),
            ("a redirect that an agent follows: a note", .info, .possible),
        ])
    func confidence(example: String, severity: Severity, confidence: Confidence) throws {
        let check = try #require(Catalogue.entry("rw-url-wrong")?.check)
        let bundle = try #require(check.examples.first { $0.name == example }).bundle
        let found = check.findings(in: ExampleBundle(bundle).snapshot)
        #expect(found.map { $0.severity ?? check.severity } == [severity])
        #expect(found.map(\.confidence) == [confidence])
    }
}
