import FoundationEssentials
import TestSupport
import Testing

/// `logs explain` on recordings, on pipes, and on input that no program would write.
@Suite("Explaining logs", .timeLimit(.minutes(1)))
struct LogsExplainTests {
    private static let bad = #"level=error err="no matching hashring to handle tenant""#

    private static func explain(
        _ arguments: String..., input: String = ""
    ) async throws -> ThanosctlProcess {
        try await ThanosctlProcess(
            ["logs", "explain"] + arguments, input: input, folder: Project.fixture("logs"))
    }

    private static func lines(_ report: Report) -> [Int] {
        ["total", "explained", "unexplained"].map { report.document["lines"]?[$0].number ?? -1 }
    }

    @Test("several files are one report, and each line keeps its place")
    func files() async throws {
        let run = try await Self.explain(
            "receive-tsdb-permission-denied.log", "agent-http-404-wrong-path.log", "-o", "json")
        let report = try Report(run)
        #expect(report.exitCode == 1)
        #expect(report.foundChecks == ["tsdb-permission-denied", "rw-url-wrong"])
        let place = try #require(report.finding("rw-url-wrong")?.places.first)
        #expect(place.hasPrefix("agent-http-404-wrong-path.log:"))
    }

    @Test("a pipe is read like a file, named or not", arguments: [[], ["-"]])
    func pipe(_ arguments: [String]) async throws {
        let run = try await ThanosctlProcess(
            ["logs", "explain", "-o", "json"] + arguments, input: Self.bad + "\n")
        let report = try Report(run)
        #expect(report.roots == ["hashring-no-matching-tenant"])
        #expect(report.findings.first?.places == ["<stdin>:1:1"])
    }

    @Test("formats may be mixed, with CRLF, garbage, a line of a megabyte and no end")
    func mixture() async throws {
        let long = String(repeating: "x", count: 1 << 20)
        let input = [
            "\(Self.bad)\r", #"{"level":"error","msg":"odd"}"#, "time=x level=WARN msg=odd",
            "W1122 07:42:15.781000       1 a.go:1] odd", "\0\u{1}\u{FFFD}", long, Self.bad,
        ].joined(separator: "\n")
        let report = try Report(await Self.explain("-o", "json", input: input))
        #expect(Self.lines(report) == [7, 2, 3])
        let places = try #require(report.findings.first?.places)
        #expect(places == ["<stdin>:1:1", "<stdin>:7:1"])
    }

    @Test("nothing to read is a usage error, and its document names the command")
    func empty() async throws {
        let run = try await Self.explain("-o", "json")
        let report = try Report(run)
        #expect(run.exitCode == 2)
        #expect(report.document["run"]?["command"] == .string("logs explain"))
        #expect(report.error.contains("no lines in -"))
        #expect(try await Self.explain("absent.log").exitCode == 2)
        #expect(try await Self.explain("/").exitCode == 2)
    }

    @Test(
        "the exit code is that of --fail-on",
        arguments: [("error", 1), ("critical", 1), ("never", 0)] as [(String, Int32)])
    func threshold(_ severity: String, _ code: Int32) async throws {
        let run = try await Self.explain("--fail-on", severity, input: Self.bad)
        #expect(run.exitCode == code, "\(run.output)\(run.errors)")
    }

    @Test("what every start says is no finding")
    func healthy() async throws {
        let run = try await Self.explain(
            "receive-final-upload-ok.log", "receive-bucket-unreachable-at-start.log", "-o", "json")
        let report = try Report(run)
        #expect(report.findings == [])
        #expect(report.exitCode == 0)
    }

    @Test("a restart of the agents is warned of once")
    func caution() async throws {
        let run = try await Self.explain("agent-connection-refused.log", "-o", "json")
        let text = try #require(try Report(run).finding("vip-connection-refused")?.fix)
        let words = text.split { $0.isWhitespace }.joined(separator: " ")
        #expect(words.lowercased().split(separator: "not restart").count == 2, "\(text)")
    }

    @Test("the text of the report")
    func text() async throws {
        let run = try await Self.explain(
            "receive-tsdb-permission-denied.log", "agent-connection-refused.log")
        #expect(run.exitCode == 1)
        #expect(TextPage(run.output).overlongProse == [])
        let timeless = run.output.replacing(/in [\d.]+ m?s:/, with: "in N ms:")
        try expectGolden(timeless, named: "logs-explain.txt")
    }
}
