import Diagnosis
import ExternalChecks
import Testing

/// Plug-ins that break the contract: each is `unknown` with the reason, and the run goes on.
@Suite("A plug-in that misbehaves", .timeLimit(.minutes(1)))
struct HostilePluginTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let script: String
        let reason: String

        init(_ name: String, _ script: String, _ reason: String) {
            testDescription = name
            self.script = script
            self.reason = reason
        }
    }

    static let brief = PluginCase.description.replacing("timeLimit: 5s", with: "timeLimit: 300ms")

    @Test(
        "is unknown, with the reason, while the other checks are judged",
        arguments: [
            Row("hangs", "sleep 1000", "did not finish within 300ms"),
            Row("hangs and ignores SIGTERM", "trap '' TERM; sleep 1000", "did not finish within"),
            Row("runs in circles", "while :; do :; done", "did not finish within 300ms"),
            Row("hangs behind a child", "sleep 1000 & sleep 1000", "did not finish within"),
            Row("prints garbage", "echo hello", "is not one JSON document"),
            Row("prints half a document", "printf '{\"schemaVersion\": '", "not one JSON document"),
            Row("prints two documents", "echo '{} {}'", "not one JSON document"),
            Row("prints nothing", ":", "it printed nothing"),
            Row("prints a list", "echo '[]'", "the answer is no JSON object"),
            Row("prints binary", "head -c 1000 /dev/urandom", "not one JSON document"),
            Row("floods stdout", "yes", "it printed more than 1 MiB"),
            Row("exits with 137", "exit 137", "it ended with exit code 137"),
            Row("is killed", "kill -9 $$", "it ended with signal 9"),
            Row("fails and says why", "echo no licence >&2; exit 3", #"saying "no licence""#),
            Row("knows another version", #"echo '{"schemaVersion": "2.0"}'"#, "schemaVersion 1.0"),
            Row(
                "forks and leaves a child that holds its output",
                "setsid sleep 3 & exit 0", "it printed nothing"),
        ])
    func isUnknown(row: Row) async throws {
        let run = try PluginCase("#!/bin/sh\n\(row.script)\n", Self.brief)
        let conclusion = try await run.conclusion()
        let result = try #require(conclusion.checks.first { $0.id == "team-label" })
        #expect(result.status == .unknown)
        #expect(result.reason?.contains(row.reason) == true, "\(result.reason ?? "")")
        #expect(conclusion.findings.isEmpty)
        #expect(!conclusion.isComplete)
    }

    @Test(
        "has its findings refused when they do not keep to what it was shown and declared",
        arguments: [
            Row(
                "another object",
                #"{"message": "x", "object": {"kind": "Node", "name": "n1"}}"#,
                "finding 1 is about Node n1, which it was not shown"),
            Row(
                "about another object",
                #"{"message": "x", "object": OBJECT, "about": [{"kind": "Node", "name": "n1"}]}"#,
                "which it was not shown"),
            Row(
                "a higher severity", #"{"message": "x", "object": OBJECT, "severity": "error"}"#,
                "finding 1 is error, and the check is declared warning"),
            Row(
                "no such severity", #"{"message": "x", "object": OBJECT, "severity": "bad"}"#,
                #"severity of finding 1 is "bad""#),
            Row("no message", #"{"object": OBJECT}"#, "finding 1 has no message"),
            Row("no object", #"{"message": "x"}"#, "finding 1 names no object"),
            Row(
                "escape sequences", #"{"message": "\u001b[2J", "object": OBJECT}"#,
                "holds control characters"),
            Row(
                "an unknown member", #"{"message": "x", "object": OBJECT, "level": 1}"#,
                #"unknown member "level""#),
            Row(
                "a place that is not there",
                #"{"message": "x", "object": OBJECT, "at": "/spec/none"}"#, "points to '/spec/none'"
            ),
        ])
    func isRefused(row: Row) async throws {
        let finding = row.script.replacing("OBJECT", with: PluginCase.receiver)
        let conclusion = try await PluginCase(finding: finding).conclusion()
        let result = try #require(conclusion.checks.first { $0.id == "team-label" })
        #expect(result.status == .unknown)
        #expect(result.reason?.contains(row.reason) == true, "\(result.reason ?? "")")
        #expect(conclusion.findings.isEmpty)
    }
}
