import CheckCatalogue
import Diagnosis
import Evidence
import Testing

@Suite("Root causes of one fault, and of two")
struct RootCauseTests {
    /// The ids of the root causes that some checks find in an example of the first, with more files.
    private static func roots(
        _ ids: [String], in name: String, with more: String = ""
    ) throws -> [String] {
        let checks = try ids.map { try #require(Catalogue.entry($0)?.check) }
        let example = try #require(checks[0].examples.first { $0.name == name })
        return Conclusion(
            judging: ExampleBundle("\(example.bundle)\n\(more)").snapshot, with: checks,
            causes: Catalogue.causes
        ).rootCauses.map(\.check)
    }

    private static let missing = "-- query/series.txt --\nup{cluster=\"edge-02\"} none\n"

    @Test("a span that no store answers for does not explain that the newest sample is missing")
    func gapIsNoCause() throws {
        #expect(
            try Self.roots(
                ["store-gateway-time-gap", "e2e-series-missing"], in: "two hours between them",
                with: Self.missing) == ["e2e-series-missing", "store-gateway-time-gap"])
    }

    @Test("a Query that asks no receiver does explain it")
    func unaskedReceivers() throws {
        #expect(
            try Self.roots(
                ["query-endpoint-missing", "e2e-series-missing"], in: "no store is a receiver",
                with: Self.missing) == ["query-endpoint-missing"])
    }

    @Test(
        "an agent that is refused for several things is one root",
        arguments: ["the configuration of a server", "the TSDB of a server"])
    func refusedAgent(example: String) throws {
        #expect(
            try Self.roots(["agent-startup-rejected"], in: example) == ["agent-startup-rejected"])
    }
}
