import ReferenceReceiver
import Testing

@Suite("The reference receiver and a real one")
struct ConformanceTests {
    @Test("every recorded scenario is either covered or known to wait")
    func everyScenarioIsListed() throws {
        let ids = try ConformanceScenario.recorded().map(\.id)
        let listed = ConformanceScenario.covered + ConformanceScenario.waiting
        #expect(Set(ids) == Set(listed))
        #expect(Set(listed).count == listed.count)
        #expect(ConformanceScenario.covered.count >= 46)
    }

    @Test("give the same answers", arguments: try ConformanceScenario.coveredScenarios())
    func answers(scenario: ConformanceScenario) async throws {
        try await runReceiver(scenario.arguments) { receiver in
            for step in scenario.steps {
                let answer = try await RawHTTP.exchange(
                    port: receiver.port(.remoteWrite), method: step.request.method,
                    path: step.request.path, headers: step.request.headers,
                    body: step.request.body)
                #expect(answer.status == step.response.status)
                #expect(answer.body == step.response.body)
                // Which headers the recording kept: all but Date and Content-Length.
                let headers = answer.headers.filter {
                    $0.key != "Date" && $0.key != "Content-Length"
                }
                #expect(headers == step.response.headers)
            }
            expectLog(receiver.log.lines, toHold: scenario.log)
        }
    }

    /// Every recorded line, in order, with the same keys, values and places in Thanos' source.
    private func expectLog(_ lines: [String], toHold recorded: [String]) {
        let ours = lines.map { Logfmt($0).lasting }
        var rest = ours[...]
        for line in recorded.map({ Logfmt($0).lasting }) {
            guard let index = rest.firstIndex(of: line) else {
                Issue.record("missing: \(line)\nin: \(ours.joined(separator: "\n"))")
                continue
            }
            rest = rest[(index + 1)...]
        }
    }
}
