import FoundationEssentials
import ReferenceReceiver
import Testing

@Suite("The reference receiver and a real one")
struct ConformanceTests {
    @Test("give the same answers", arguments: try ConformanceScenario.answered())
    func answers(scenario: ConformanceScenario) async throws {
        let nodes = ScenarioNodes(scenario)
        let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try Data((scenario.limits ?? "").utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        try await start(nodes.running[...], nodes, limitsFile: file.path(), started: []) {
            running in
            try await converse(scenario, nodes, running)
        }
    }

    @Test("every scenario of the recording is among them")
    func everyScenario() throws {
        let scenarios = try ConformanceScenario.recorded()
        #expect(scenarios.count == 63)
        #expect(scenarios.filter { !$0.ready }.map(\.id) == ["ring-rf3-one-endpoint-ketama"])
    }

    /// Starts one node inside the other, so that all run while the conversation lasts.
    private func start(
        _ letters: ArraySlice<String>, _ nodes: ScenarioNodes, limitsFile: String,
        started: [RunningReceiver],
        _ body: @escaping @Sendable ([RunningReceiver]) async throws -> Void
    ) async throws {
        guard let letter = letters.first else { return try await body(started) }
        try await runReceiver(nodes.arguments(of: letter, limitsFile: limitsFile)) { receiver in
            try await start(
                letters.dropFirst(), nodes, limitsFile: limitsFile, started: started + [receiver],
                body)
        }
    }

    private func converse(
        _ scenario: ConformanceScenario, _ nodes: ScenarioNodes, _ running: [RunningReceiver]
    ) async throws {
        let first = try #require(running.first)
        for (index, step) in scenario.steps.enumerated() {
            let answer = try await RawHTTP.exchange(
                port: first.port(.remoteWrite), method: step.request.method,
                path: step.request.path, headers: step.request.headers, body: step.request.body)
            #expect(answer.status == step.response.status)
            #expect(nodes.reasons(in: answer.body) == nodes.reasons(in: step.response.body))
            // Which headers the recording kept: all but Date and Content-Length.
            let headers = answer.headers.filter {
                $0.key != "Date" && $0.key != "Content-Length"
            }
            #expect(headers == step.response.headers)
            if index + 1 < scenario.steps.count, running.count > 1 {
                try await waitUntilStored(on: running)
            }
        }
        expectLog(first.log.lines, toHold: scenario.log)
    }

    /// A write is answered when most replicas have it; the recording went on when all had.
    private func waitUntilStored(on running: [RunningReceiver]) async throws {
        for receiver in running {
            for _ in 0..<1000 {
                let status = try await RawHTTP.exchange(
                    port: receiver.port(.remoteWrite), method: "GET",
                    path: "/api/v1/status/tsdb?all_tenants=true")
                if status.body.contains("numSeries"), !status.body.contains("numSeries\":0") {
                    break
                }
            }
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
