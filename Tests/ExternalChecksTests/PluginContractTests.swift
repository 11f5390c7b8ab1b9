import Diagnosis
import ExternalChecks
import FoundationEssentials
import LoopbackServer
import MarkedYAML
import TestSupport
import Testing

@Suite("The contract of plug-ins", .timeLimit(.minutes(1)))
struct PluginContractTests {
    private static let schema =
        #filePath.split(separator: "/").dropLast(3).map { "/\($0)" }.joined()
        + "/docs/plugin-evidence.schema.json"

    @Test("a finding has its place, the declared severity and what it says")
    func finding() async throws {
        let finding = #"""
            {"message": "three is too few", "object": OBJECT, "at": "/spec/replicas",
             "confidence": "likely", "evidence": [{"what": "replicas: 3"}],
             "fix": {"text": "Take more."}}
            """#
        let run = try PluginCase(
            finding: finding.replacing("OBJECT", with: PluginCase.receiver))
        let found = try #require(try await run.conclusion().findings.first)
        #expect(found.check == "team-label")
        #expect(found.severity == .warning)
        #expect(found.confidence == .likely)
        #expect(found.message == "three is too few")
        #expect(found.places.map { $0.range.start.line } == [7])
        #expect(found.evidence.map(\.source) == ["manifest"])
        #expect(found.fix == .text("Take more."))
    }

    @Test("it is shown what it declared, without secrets, and nothing of the environment")
    func evidence() async throws {
        let description = PluginCase.description.replacing(
            "[receivers, statefulsets.apps]", with: "[receivers, statefulsets.apps, secrets]")
        let run = try PluginCase(
            "#!/bin/sh\ncd \"$(dirname \"$0\")\"\ncat > seen\nenv > environment\n"
                + "ls /proc/self/fd > descriptors\nexit 1\n", description)
        _ = try await run.conclusion()
        let seen = try run.folder.read("seen")
        let text = String(decoding: seen, as: UTF8.self)
        #expect(!text.contains("hunter2"))
        #expect(!text.contains("secret-value"))
        #expect(!text.contains("c2VjcmV0"))
        let document = try JSONReader.document(SourceText(name: "seen", bytes: seen))
        #expect(
            document.entries.compactMap(\.key.string) == [
                "schemaVersion", "check", "now", "cluster", "objects", "receivers", "missing",
            ])
        #expect(document[path: "cluster", "source"]?.string == "manifests")
        #expect(document["objects"]?["secrets"]?.items.count == 1)
        let schema = try JSONSchema(
            text: String(contentsOfFile: Self.schema, encoding: .utf8))
        #expect(try schema.violations(in: text) == [])
        let environment = String(decoding: try run.folder.read("environment"), as: UTF8.self)
        #expect(!environment.contains("SECRET"))
        // Its three streams, and the one by which `ls` reads the folder.
        let open = String(decoding: try run.folder.read("descriptors"), as: UTF8.self)
        #expect(open.split(separator: "\n").map(String.init) == ["0", "1", "2", "3"])
    }

    @Test("it is not run where a need is missing, and neither to be listed")
    func isNotRun() async throws {
        let script = "#!/bin/sh\ntouch \"$(dirname \"$0\")/ran\"\nexit 1\n"
        let run = try PluginCase(
            script,
            PluginCase.description.replacing(
                "[receivers, statefulsets.apps]", with: "[receiver-logs]"))
        #expect(try run.load().checks.map(\.id) == ["team-label"])
        let conclusion = try await run.conclusion()
        #expect(conclusion.checks.map(\.status) == [.skipped])
        #expect(throws: LoopbackServer.Failure.self) { try run.folder.read("ran") }
    }

    @Test("its findings stand in the graph of causes like any other")
    func causes() async throws {
        let run = try PluginCase(
            finding: #"{"message": "x", "object": \#(PluginCase.receiver)}"#,
            PluginCase.description + "\ncauses: [other-fault]\n")
        try run.folder.write("thanosctl-check-other", otherScript, mode: 0o700)
        try run.folder.write(
            "other.check.yaml",
            PluginCase.description.replacing("team-label", with: "other-fault"))
        let conclusion = try await run.conclusion()
        #expect(conclusion.rootCauses.map(\.check) == ["team-label"])
        #expect(conclusion.rootCauses.first?.explains.count == 1)
    }

    private let otherScript = """
        #!/bin/sh
        echo '{"schemaVersion": "1.0", "findings": [{"message": "y", "object": \(PluginCase.receiver)}]}'
        """

    @Test(
        "a description that is wrong is a mistake with its place",
        arguments: [
            ("id: Team", "id: team-label", ":1:5: an id is written in lower case"),
            ("severity: bad", "severity: warning", ":2:11: 'severity' is one of"),
            ("level: 1\nwhy", "why", ":4:1: unknown field 'level'"),
            (
                "[receivers, pigs]", "[receivers, statefulsets.apps]",
                ":6:20: unknown evidence 'pigs'"
            ),
            ("[]", "[receivers, statefulsets.apps]", "the field 'needs' is missing"),
            ("timeLimit: 1h", "timeLimit: 5s", ":7:12: 'timeLimit' is written"),
            (
                "timeLimit: 5s\ncauses: [no-such]", "timeLimit: 5s",
                ":8:10: there is no check 'no-such'"
            ),
            (
                "timeLimit: 5s\ncauses: [vip-connection-refused]\nsymptomOf: [vip-connection-refused]",
                "timeLimit: 5s", "this closes a circle of causes"
            ),
            ("id: missing-fsgroup", "id: team-label", ":1:5: there is a check 'missing-fsgroup'"),
        ])
    func wrongDescription(new: String, old: String, message: String) throws {
        let run = try PluginCase(
            finding: "", PluginCase.description.replacing(old, with: new))
        let error = #expect(throws: PluginError.self) { try run.causes() }
        #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
        #expect(error?.description.contains("team.check.yaml") == true)
    }
}
