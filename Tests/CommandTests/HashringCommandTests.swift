import FoundationEssentials
import LoopbackServer
import MarkedYAML
import TestSupport
import Testing

/// `hashring` on files and streams; what it computes is tested where it is computed.
@Suite("hashring", .serialized, .timeLimit(.minutes(1)))
struct HashringCommandTests {
    private static func locate(
        _ rings: String, _ arguments: String..., input: String
    ) async throws -> ThanosctlProcess {
        let folder = try TemporaryFolder()
        let file = try folder.write("hashrings.json", rings)
        return try await ThanosctlProcess(
            ["hashring", "locate", "--hashrings-file", file] + arguments, input: input)
    }

    @Test(
        "locate answers recorded series as Thanos places them",
        arguments: ["hashmod-3-rf3", "ketama-5-rf3", "ketama-7-az3-rf3", "hashmod-2-rf3"])
    func recorded(name: String) async throws {
        let path = Project.fixture("hashrings/hashring-vectors.json")
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let all = try JSONReader.document(SourceText(name: path, text: text)).items
        let ring = try #require(all.first { $0["name"]?.string == name })
        let vectors = try #require(ring["vectors"]?.items)
        let input = vectors.map { vector in
            JSONValue.object(["labels": vector["labels"]?.plainValue ?? .null]).compact + "\n"
        }
        let run = try await Self.locate(
            try #require(ring["hashrings"]).range.text,
            "--algorithm", ring["algorithm"]?.string ?? "",
            "--replication-factor", ring["replication_factor"]?.string ?? "",
            input: input.joined())
        #expect(run.exitCode == 0, "\(run.errors)")
        let answers = run.output.split(separator: "\n")
        #expect(answers.count == vectors.count)
        for (answer, vector) in zip(answers, vectors) {
            let answer = try JSONReader.document(SourceText(name: "-", text: String(answer)))
            #expect(answer["error"]?.string == vector["error"]?.string)
            guard vector["error"] == nil else { continue }
            #expect(answer["hash"]?.string == vector["hash"]?.string)
            #expect(
                answer["endpoints"]?.items.map(\.string) == vector["endpoints"]?.items.map(\.string)
            )
        }
    }

    @Test("locate answers every line, good or bad, and the last without an end")
    func lines() async throws {
        let long = #"{"labels": {"a": ""# + String(repeating: "x", count: 70_000) + "\"}}"
        let good = #"{"labels": {"job": "node"}}"#
        let run = try await Self.locate(
            #"[{"endpoints": ["a:1"]}]"#,
            input: [good, "", long, "{}", good].joined(separator: "\n"))
        #expect(run.exitCode == 0)
        let answers = run.output.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(answers.count == 6 && answers[5] == "")
        #expect(answers[0].hasPrefix(#"{"hash": ""#) && answers[0] == answers[4])
        #expect(answers[1] == #"{"error": "unexpected end of JSON input"}"#)
        #expect(answers[2] == #"{"error": "the line has more than 64 KiB"}"#)
        #expect(answers[3].hasPrefix(#"{"error": ""#))
    }

    /// A file of rings that cannot be used.
    struct Unusable: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let rings: String
        var arguments: [String] = []
        let says: String
    }

    @Test(
        "locate answers every line with the reason why there is no ring, and exits with 2",
        arguments: [
            Unusable(
                testDescription: "too small for ketama", rings: #"[{"endpoints": ["a:1"]}]"#,
                arguments: ["--algorithm", "ketama", "--replication-factor", "2"],
                says: "ketama: amount of endpoints needs to be larger than replication factor"),
            Unusable(
                testDescription: "zones with hashmod",
                rings: #"[{"endpoints": [{"address": "a:1", "az": "z"}]}]"#,
                says: "Hashmod algorithm does not support AZ aware hashring configuration. "
                    + "Either use Ketama or remove AZ configuration."),
            Unusable(
                testDescription: "no JSON", rings: "hashring: a",
                says: "invalid character 'h' looking for beginning of value"),
            Unusable(testDescription: "empty", rings: "[]", says: "configuration file is empty"),
        ])
    func unusable(row: Unusable) async throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("hashrings.json", row.rings)
        let run = try await ThanosctlProcess(
            ["hashring", "locate", "--hashrings-file", file] + row.arguments,
            input: "{\"labels\": {}}\nnope\n")
        #expect(run.exitCode == 2)
        let refusal = "{\"error\": \"\(row.says)\"}\n"
        #expect(run.output == refusal + refusal)
        #expect(run.errors.contains(row.says))
    }

    @Test("locate says nothing on nothing")
    func empty() async throws {
        let run = try await Self.locate(#"[{"endpoints": ["a:1"]}]"#, input: "")
        #expect(run.exitCode == 0 && run.output == "" && run.errors == "")
    }

    @Test(
        "what was typed wrong ends with 2 and says what",
        arguments: [
            (["locate"], "--hashrings-file"),
            (["locate", "--hashrings-file", "/nonexistent"], "no such file"),
            (["show", "--hashrings-file", "F", "--algorithm", "ketma"], "did you mean 'ketama'?"),
            (["show", "--hashrings-file", "F", "--replication-factor", "0"], "begins at 1"),
            (["show", "--hashrings-file", "F", "-o", "jsn"], "did you mean 'json'?"),
            (
                ["plan", "F", "F", "--replication-factor", "3"],
                "insufficient nodes; have 1, want 2"
            ),
            (["plan", "F"], "new"),
        ])
    func usage(arguments: [String], says: String) async throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("hashrings.json", #"[{"endpoints": ["a:1"]}]"#)
        let run = try await ThanosctlProcess(
            ["hashring"] + arguments.map { $0 == "F" ? file : $0 })
        #expect(run.exitCode == 2)
        #expect(run.output == "" || arguments.contains("-o"))
        #expect(run.errors.contains(says), "\(run.errors)")
    }

    private static let old = """
        [{"hashring": "team-a", "tenants": ["team-a"], "endpoints": ["a-0:10901", "a-1:10901"]},
         {"hashring": "default", "endpoints": ["receive-0:10901", "receive-1:10901"]}]
        """
    private static let new = """
        [{"hashring": "default", "endpoints": [
          "receive-0:10901", "receive-1:10901", "receive-2:10901"]}]
        """

    @Test("show prints what it always printed")
    func show() async throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("old.json", Self.old)
        let command = ["hashring", "show", "--hashrings-file", file, "--algorithm", "ketama"]
        let text = try await ThanosctlProcess(command)
        let json = try await ThanosctlProcess(command + ["-o", "json"])
        #expect(text.exitCode == 0 && json.exitCode == 0, "\(text.errors)\(json.errors)")
        #expect(TextPage(text.output).overlongProse.isEmpty)
        try expectGolden(text.output, named: "hashring-show.txt")
        try expectGolden(json.output, named: "hashring-show.json")
    }

    @Test("plan prints what it always printed")
    func plan() async throws {
        let folder = try TemporaryFolder()
        let files = [
            try folder.write("old.json", Self.old), try folder.write("new.json", Self.new),
        ]
        let command =
            ["hashring", "plan"] + files + ["--algorithm", "ketama", "--replication-factor", "2"]
        let text = try await ThanosctlProcess(command)
        let json = try await ThanosctlProcess(command + ["-o", "json"])
        #expect(text.exitCode == 0 && json.exitCode == 0, "\(text.errors)\(json.errors)")
        #expect(TextPage(text.output).overlongProse.isEmpty)
        try expectGolden(text.output, named: "hashring-plan.txt")
        try expectGolden(json.output, named: "hashring-plan.json")
    }
}
