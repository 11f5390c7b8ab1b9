import Subprocess
import Testing

/// `logs explain` on input that stays open, as `kubectl logs -f` leaves it.
@Suite("Explaining logs that are followed", .timeLimit(.minutes(1)))
struct LogsFollowTests {
    private static let bad = #"level=error err="no matching hashring to handle tenant""#

    /// Its input is a line, and then a pipe that stays open for as long as the program runs.
    private static func followed(_ arguments: String) -> Program {
        Program(
            path: "/bin/bash",
            arguments: [
                "-c",
                "exec \"$1\" logs explain \(arguments) < <(echo \"$2\"; "
                    + "exec tail -f --pid=$$ /dev/null)", "bash", ThanosctlProcess.executable, bad,
            ])
    }

    @Test(
        "a new cause is told while the pipe is open, and the report comes with the signal",
        arguments: [true, false])
    func signals(_ isInterrupt: Bool) async throws {
        let session = try await Self.followed("-o json").run(
            until: "hashring-no-matching-tenant", ending: isInterrupt ? .interrupt : .terminate
        ) { $0 }
        #expect(
            session.value
                == "<stdin>:1: critical[hashring-no-matching-tenant]: "
                + "no hashring accepts the tenant")
        #expect(session.exitCode == (isInterrupt ? 130 : 143))
        let report = try Report(session.output, exitCode: session.exitCode)
        #expect(report.roots == ["hashring-no-matching-tenant"])
        #expect(report.gaps == ["interrupted: not all was read"])
        #expect(!report.isComplete)
        // Nothing but the news stands on stderr.
        #expect(session.errors == session.value)
    }

    @Test("of a pipe that ends at once nothing is told before the report")
    func silent() async throws {
        let run = try await ThanosctlProcess("logs", "explain", input: Self.bad + "\n")
        #expect(run.errors == "")
        #expect(run.output.contains("hashring-no-matching-tenant"))
    }

    @Test("on a terminal with nothing named it says what to name")
    func terminal() async throws {
        let program = Program(
            path: "/usr/bin/script",
            arguments: ["-qec", "\(ThanosctlProcess.executable) logs explain", "/dev/null"])
        let run = try await program.run()
        #expect(run.exitCode == 2)
        #expect(run.output.flat.contains("kubectl logs … | thanosctl logs explain"))
    }
}
