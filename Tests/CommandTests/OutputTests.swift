import LoopbackServer
import Testing

/// Streams, colour, width, formats and the choice of checks.
@Suite("Output", .serialized, .timeLimit(.minutes(1)))
struct OutputTests {
    private static let fixtures = Project.fixture("")

    private static func lint(
        _ arguments: String..., environment: [String: String] = [:]
    ) async throws -> ThanosctlProcess {
        try await ThanosctlProcess(
            ["lint", "manifests/report"] + arguments, environment: environment, folder: fixtures)
    }

    @Test("through a pipe it is 80 columns wide and has no colour")
    func piped() async throws {
        let run = try await Self.lint("-v")
        #expect(!TextPage(run.output).isColoured)
        #expect(TextPage(run.output).overlongProse == [])
    }

    /// What the environment and the options ask of the colour.
    struct Colour: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var arguments: [String] = []
        var environment: [String: String] = [:]
        let isColoured: Bool
    }

    @Test(
        "colour is decided by option, then environment, then terminal",
        arguments: [
            Colour(testDescription: "a pipe", isColoured: false),
            Colour(
                testDescription: "always", arguments: ["--color", "always"], isColoured: true),
            Colour(
                testDescription: "always, against NO_COLOR", arguments: ["--color", "always"],
                environment: ["NO_COLOR": "1"], isColoured: true),
            Colour(
                testDescription: "CLICOLOR_FORCE", environment: ["CLICOLOR_FORCE": "1"],
                isColoured: true),
            Colour(
                testDescription: "NO_COLOR before CLICOLOR_FORCE",
                environment: ["NO_COLOR": "1", "CLICOLOR_FORCE": "1"], isColoured: false),
            Colour(
                testDescription: "an empty NO_COLOR does not count",
                environment: ["NO_COLOR": "", "CLICOLOR_FORCE": "1"], isColoured: true),
            Colour(
                testDescription: "never", arguments: ["--color", "never"],
                environment: ["CLICOLOR_FORCE": "1"], isColoured: false),
        ])
    func colour(_ row: Colour) async throws {
        let run = try await ThanosctlProcess(
            ["lint", "manifests/report"] + row.arguments, environment: row.environment,
            folder: Self.fixtures)
        #expect(run.exitCode == 1, "\(run.errors)")
        #expect(TextPage(run.output).isColoured == row.isColoured)
    }

    @Test("an unknown colour choice is refused")
    func unknownColour() async throws {
        let run = try await Self.lint("--color", "sometimes")
        #expect(run.exitCode == 2)
        #expect(run.errors.contains("sometimes"))
        #expect(run.output == "")
    }

    @Test("ASCII alone where the locale has no more", arguments: [["--ascii"], []])
    func ascii(arguments: [String]) async throws {
        let run = try await ThanosctlProcess(
            ["lint", "manifests/report"] + arguments, environment: ["LC_ALL": "C"],
            folder: Self.fixtures)
        #expect(run.output.utf8.allSatisfy { $0 < 0x80 })
    }

    @Test("text on stdout and JSON in a file, in one run")
    func twoReports() async throws {
        let folder = try TemporaryFolder()
        let run = try await Self.lint("-o", "text", "-o", "json=\(folder.path)/r.json")
        #expect(run.output.contains("error[missing-fsgroup]"))
        let report = try Report(
            String(decoding: folder.read("r.json"), as: UTF8.self), exitCode: run.exitCode)
        #expect(report.foundChecks.contains("missing-fsgroup"))
        #expect(run.errors == "")
    }

    @Test(
        "impossible outputs are refused before anything is done",
        arguments: [
            (["-o", "text", "-o", "json"], "stdout"),
            (["-o", "json=/nonexistent/x"], "/nonexistent"),
            (["-o", "yaml"], "unknown output format 'yaml'"),
            (["-o", ""], "unknown output format"),
        ])
    func refusedOutputs(arguments: [String], says: String) async throws {
        let run = try await ThanosctlProcess(
            ["lint", "manifests/report"] + arguments, folder: Self.fixtures)
        #expect(run.exitCode == 2, "\(run.output)")
        #expect(run.errors.contains(says), "\(run.errors)")
    }

    @Test(
        "-o json is one document, whatever happens",
        arguments: [
            ["lint", "/nonexistent"], ["lint"], ["lint", "--nope"], ["doctor"],
            ["doctor", "--timeout", "soon"], ["doctor", "--endpoint", "::"],
            ["lint", "manifests/report", "--only", "nope"], ["lab", "run", "nope"],
            ["lint", "manifests/broken"], ["lint", "manifests/report", "--fail-on", "nope"],
            ["doctor", "--endpoint", "http://127.83.0.9", "--probe-only", "nope"],
            ["doctor", "-n", "a", "-A"],
        ])
    func alwaysOneDocument(arguments: [String]) async throws {
        let run = try await ThanosctlProcess(arguments + ["-o", "json"], folder: Self.fixtures)
        let report = try Report(run)
        #expect(run.exitCode != 0)
        #expect((run.exitCode == 2) == !report.error.isEmpty)
        #expect((run.exitCode == 2) == !run.errors.isEmpty)
    }

    /// A choice of checks and what must be left of it.
    struct Choice: Sendable, CustomTestStringConvertible {
        let arguments: [String]
        let checks: Set<String>

        var testDescription: String { arguments.joined(separator: " ") }
    }

    @Test(
        "--only and --skip choose by id, component and pattern",
        arguments: [
            Choice(arguments: ["--only", "missing-fsgroup"], checks: ["missing-fsgroup"]),
            Choice(
                arguments: ["--only", "missing-fsgroup,retention-vs-upload"],
                checks: ["missing-fsgroup", "retention-vs-upload"]),
            Choice(
                arguments: ["--only", "missing-fsgroup", "--only", "retention-vs-upload"],
                checks: ["missing-fsgroup", "retention-vs-upload"]),
            Choice(
                arguments: ["--only", "l2-p*", "--only", "lb-pool-e*"],
                checks: ["l2-policy-missing", "lb-pool-exhausted"]),
            Choice(
                arguments: ["--only", "*fsgroup", "--only", "missing-*"],
                checks: ["missing-fsgroup"]),
            Choice(
                arguments: ["--only", "l2*", "--skip", "l2-policy-missing"],
                checks: ["l2-not-answering"]),
        ])
    func choice(_ choice: Choice) async throws {
        let run = try await ThanosctlProcess(
            ["lint", "manifests/report", "-o", "json"] + choice.arguments, folder: Self.fixtures)
        let ids = try Report(run).ids
        #expect(Set(ids) == choice.checks)
        #expect(ids.count == choice.checks.count)
    }

    @Test("a component stands for its checks, and what is skipped does not count")
    func skippedComponent() async throws {
        let all = try Report(try await Self.lint("-o", "json"))
        let rest = try Report(try await Self.lint("-o", "json", "--skip", "storage"))
        #expect(all.foundChecks.contains("missing-fsgroup"))
        #expect(!rest.foundChecks.contains("missing-fsgroup"))
        #expect(rest.exitCode == 0)
        #expect(!rest.ids.isEmpty)
        let nothing = try await Self.lint("--only", "storage", "--skip", "*")
        #expect(nothing.exitCode == 2)
        #expect(nothing.errors.contains("no check"))
    }

    @Test("equal input gives equal output, up to times")
    func stable() async throws {
        let first = try await Self.lint("-o", "short")
        let second = try await Self.lint("-o", "short")
        #expect(first.output == second.output)
        let isCompilerLike = first.output.split(separator: "\n").allSatisfy {
            $0.contains(
                /^manifests\/report\/.*\.yaml:\d+:\d+: (error|warning|info): .* \[[a-z0-9-]+\]$/)
        }
        #expect(isCompilerLike, "\(first.output)")
    }

    @Test("a reader that has gone is no fault", arguments: ["text", "json"])
    func closedPipe(format: String) async throws {
        let folder = try TemporaryFolder()
        // Opened for both, so that nothing blocks; then the reading end goes.
        let script = """
            mkfifo "$0/pipe"; exec 3<>"$0/pipe"; exec 4>"$0/pipe"; exec 3<&-
            "$@" >&4; echo "status $?"
            """
        let ended = try await Program(
            path: "/bin/bash",
            arguments: [
                "-c", script, folder.path, ThanosctlProcess.executable, "lint",
                "manifests/report", "-o", format,
            ], folder: Self.fixtures
        ).run()
        #expect(ended.errors == "")
        #expect(["status 1\n", "status 141\n"].contains(ended.output), "\(ended.output)")
    }

    @Test("as much as is asked for is read: | head -1")
    func head() async throws {
        let ended = try await Program(
            path: "/bin/bash",
            arguments: [
                "-c", "\"$0\" lint manifests/report | head -1", ThanosctlProcess.executable,
            ], folder: Self.fixtures
        ).run()
        #expect(ended.errors == "")
        #expect(ended.output.hasPrefix("error[missing-fsgroup]: "))
        #expect(ended.output.split(separator: "\n").count == 1)
    }
}
