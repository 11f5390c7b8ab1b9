import FoundationEssentials
import LoopbackServer
import MarkedYAML
import Testing

/// `thanosctl.yaml`: found, checked, shown, and beaten by options.
@Suite("Settings", .serialized, .timeLimit(.minutes(1)))
struct ConfigCommandTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func write(_ text: String, to name: String = "thanosctl.yaml") throws {
        try folder.write(name, text)
    }

    private func run(_ arguments: String...) async throws -> ThanosctlProcess {
        try await ThanosctlProcess(arguments, folder: folder.path)
    }

    @Test("each value is shown with where it comes from")
    func show() async throws {
        try write(
            """
            contexts:
              - {name: central, role: central}
              - edge-02
            failOn: warning
            skip: [no-pdb]

            """)
        let run = try await run("config", "show", "--fail-on", "info", "--no-bucket")
        #expect(run.exitCode == 0, "\(run.errors)")
        let rows = run.output.split(separator: "\n").map { line in
            line.split(separator: " ").joined(separator: " ")
        }
        #expect(rows.first == "KEY VALUE FROM")
        #expect(rows.contains("contexts central (central) thanosctl.yaml:2"))
        #expect(rows.contains("contexts edge-02 thanosctl.yaml:3"))
        #expect(rows.contains("failOn info --fail-on"))
        #expect(rows.contains("bucket false --bucket"))
        #expect(rows.contains("skip no-pdb thanosctl.yaml:5"))
        #expect(rows.contains("timeout 60s default"))
    }

    /// A file with a mistake, and what is said of it.
    struct Mistake: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let text: String
        let complaint: String
    }

    @Test(
        "a mistake is named with its place and what to do",
        arguments: [
            Mistake(
                testDescription: "an unknown key", text: "contxts: []\n",
                complaint: "thanosctl.yaml:1:1: unknown key 'contxts'; did you mean 'contexts'?"),
            Mistake(
                testDescription: "an unknown role", text: "contexts:\n- {name: a, role: centrl}\n",
                complaint: "thanosctl.yaml:2:19: unknown role 'centrl'; did you mean 'central'?"),
            Mistake(
                testDescription: "a context twice", text: "contexts: [a, a]\n",
                complaint: "thanosctl.yaml:1:15: context 'a' is listed twice; remove one"),
            Mistake(
                testDescription: "a duration", text: "timeout: soon\n",
                complaint: "thanosctl.yaml:1:10: 'soon' is no duration; write 30s or 2m"),
            Mistake(
                testDescription: "a time to look back", text: "history: 1m\n",
                complaint: "thanosctl.yaml:1:10: '1m' is no time to look back; write 30m or 6h, "
                    + "from 5m to 720h"),
            Mistake(
                testDescription: "an unknown check", text: "skip: [no-pbd]\n",
                complaint: "thanosctl.yaml:1:8: unknown check 'no-pbd'; did you mean 'no-pdb'?"),
            Mistake(
                testDescription: "an unknown severity", text: "failOn: eror\n",
                complaint: "thanosctl.yaml:1:9: unknown severity 'eror'; did you mean 'error'?"),
            Mistake(
                testDescription: "a network", text: "probeOnly: [10.0.0.0/99]\n",
                complaint: "thanosctl.yaml:1:13: '10.0.0.0/99' is no network; write 10.0.0.0/8"),
            Mistake(
                testDescription: "a list in the place of a mapping", text: "- a\n",
                complaint: "thanosctl.yaml:1:1: this is no mapping; write KEY: VALUE lines"),
        ])
    func mistake(_ row: Mistake) async throws {
        try write(row.text)
        let validated = try await run("config", "validate")
        #expect(validated.exitCode == 2)
        #expect(validated.errors == row.complaint + "\n")
        #expect(validated.output == "")
        let linted = try await run("lint", ".")
        #expect(linted.exitCode == 2)
        #expect(linted.errors == "Error: \(row.complaint)\n")
    }

    @Test("a valid file is called valid, also under another name")
    func valid() async throws {
        try write("failOn: never\n", to: "other.yaml")
        let run = try await run("config", "validate", "--config", "other.yaml")
        #expect(run.exitCode == 0)
        #expect(run.output == "other.yaml is valid\n")
    }

    @Test("no file to validate, or one that cannot be read, is a usage error")
    func absent() async throws {
        for arguments in [["config", "validate"], ["config", "show", "--config", "absent.yaml"]] {
            let run = try await ThanosctlProcess(arguments, folder: folder.path)
            #expect(run.exitCode == 2)
            #expect(run.errors.contains("--config FILE") || run.errors.contains("absent.yaml"))
        }
    }

    @Test("a file that never ends is refused")
    func endless() async throws {
        let run = try await run("config", "validate", "--config", "/dev/zero")
        #expect(run.exitCode == 2)
        #expect(run.errors.contains("/dev/zero:1:1: "))
    }

    @Test("the threshold of the file counts, and the option beats it")
    func threshold() async throws {
        try write("failOn: never\n")
        let report = Project.fixture("manifests/report")
        #expect(try await run("lint", report).exitCode == 0)
        #expect(try await run("lint", report, "--fail-on", "error").exitCode == 1)
    }

    @Test("the committed schema has the keys that are read")
    func schema() async throws {
        let text = try String(
            contentsOfFile: "\(Project.root)/docs/config.schema.json", encoding: .utf8)
        let stream = YAMLReader.stream(SourceText(name: "schema", text: text))
        let schema = try #require(stream.documents.first)
        let properties = schema["properties"]?.entries ?? []
        let keys = properties.compactMap { key, _ in key.string }.sorted()
        let shown = try await run("config", "show").output.split(separator: "\n").dropFirst()
            .compactMap { $0.split(separator: " ").first.map(String.init) }
        #expect(!keys.isEmpty)
        #expect(keys == Set(shown).sorted())
    }
}
