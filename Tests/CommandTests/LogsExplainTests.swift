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

    /// With the program as `$1` and a bad line as `$2`.
    private static func shell(_ script: String) async throws -> Program.Ended {
        try await Program(
            path: "/bin/bash",
            arguments: ["-c", script, "bash", ThanosctlProcess.executable, bad],
            folder: Project.fixture("logs")
        ).run()
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
        for (file, words) in [("absent.log", "cannot be read"), ("/", "is a folder")] {
            let run = try await Self.explain(file)
            #expect(run.exitCode == 2)
            #expect(run.errors.contains(words), "\(run.errors)")
        }
    }

    @Test(
        "what is no log is said to be none, with what to do",
        arguments: [
            ("$'\\x1f\\x8b\\x08\\x01'", "zcat FILE"), ("$'\\x28\\xb5\\x2f\\xfd'", "zstdcat FILE"),
            ("$'\\xff\\xfeh\\x01i\\x01'", "iconv -f UTF-16"),
        ])
    func foreign(_ bytes: String, _ advice: String) async throws {
        let alone = try await Self.shell("printf %s \(bytes) | \"$1\" logs explain")
        #expect(alone.exitCode == 2)
        #expect(alone.errors.contains(advice), "\(alone.errors)")
        // Beside a log it is a gap, and the log is judged.
        let both = try await Self.shell(
            "printf %s \(bytes) | \"$1\" logs explain -o json - receive-final-upload-ok.log")
        let report = try Report(both.output, exitCode: 3)
        #expect(report.gaps.count == 1)
        #expect(report.gaps.first?.contains(advice) == true, "\(report.gaps)")
        #expect(Self.lines(report) == [10, 0, 0])
    }

    @Test("binary data without a line of a log, and a file that breaks off, are gaps")
    func unreadable() async throws {
        let run = try await Self.explain(
            "receive-tsdb-permission-denied.log", "/usr/bin/true", "/proc/self/mem",
            "-o", "json")
        let report = try Report(run)
        #expect(report.roots == ["tsdb-permission-denied"])
        #expect(
            report.gaps == [
                "/proc/self/mem: Input/output error",
                "/usr/bin/true: binary, not a log",
            ])
    }

    @Test("a log with zeros and what is no UTF-8 is read, and cited without control characters")
    func invalid() async throws {
        let run = try await Self.shell(
            "printf '\\0\\0\\377\\033[31m%s' \"$2\" | \"$1\" logs explain")
        #expect(run.exitCode == 1)
        #expect(run.output.contains("hashring-no-matching-tenant"))
        #expect(!run.output.contains("binary"))
        let controls = run.output.unicodeScalars.filter { $0.value < 32 && $0 != "\n" }
        #expect(controls.isEmpty)
    }

    @Test("credentials on a cited line are hidden", arguments: ["text", "json", "short"])
    func masked(_ format: String) async throws {
        let line = Self.bad + #" url=https://jane:hunter2@central/ Authorization: Bearer abcdef123"#
        let run = try await Self.explain("-o", format, input: line)
        #expect(run.exitCode == 1)
        #expect(!run.output.contains("hunter2") && !run.output.contains("abcdef123"))
    }

    @Test("what was recognised is on the cited part of a long line, and times are those of the log")
    func cited() async throws {
        let long = String(repeating: "word ", count: 100)
        let line =
            #"ts=2026-11-22T08:00:00+02:00 level=error msg="\#(long)" err="no such tenant" x"#
        let run = try await Self.explain("-o", "json", input: line)
        let report = try Report(run)
        let finding = report.document["findings"].items.first
        #expect(finding?["evidence"].items.first?["what"].text.hasSuffix("no such tenant…") == true)
        #expect(finding?["firstSeen"].text == "2026-11-22T06:00:00Z")
        #expect(finding?["lastSeen"].text == "2026-11-22T06:00:00Z")
        #expect(finding?["count"].number == 1)
    }

    @Test("a text of some releases only tells which")
    func release() async throws {
        let line = #"level=error err="mkdirat default-tenant: permission denied""#
        let run = try await Self.explain("-o", "text", input: line)
        #expect(run.output.flat.contains("written so by Thanos 0.42 and later"))
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
