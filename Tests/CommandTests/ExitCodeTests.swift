import Testing

/// The table of DESIGN's exit codes, each row shown by the real program.
@Suite("Exit codes", .serialized)
struct ExitCodeTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let arguments: [String]
        let code: Int32
        var input = ""
        /// What stderr or stdout has to say.
        var says = ""
    }

    private static let broken = """
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: r, namespace: n}
        spec:
          volumeClaimTemplates: [{metadata: {name: data}}]
          template:
            spec:
              containers:
              - name: receive
                image: quay.io/thanos/thanos:v0.37.2
                args: [receive, --tsdb.path=/data, '--label=replica="$(NAME)"']
                env: [{name: NAME, valueFrom: {fieldRef: {fieldPath: metadata.name}}}]
                volumeMounts: [{name: data, mountPath: /data}]
        """

    static let rows = [
        Row(testDescription: "version", arguments: ["version"], code: 0, says: "thanosctl 0.1.0"),
        Row(testDescription: "help", arguments: ["--help"], code: 0, says: "SUBCOMMANDS"),
        Row(testDescription: "help of a command", arguments: ["lint", "--help"], code: 0),
        Row(
            testDescription: "findings", arguments: ["lint", "-"], code: 1, input: broken,
            says: "missing-fsgroup"),
        Row(
            testDescription: "findings below the threshold",
            arguments: ["lint", "-", "--fail-on", "critical"], code: 0, input: broken),
        Row(
            testDescription: "never", arguments: ["lint", "-", "--fail-on", "never"], code: 0,
            input: broken),
        Row(
            testDescription: "unknown option", arguments: ["lint", "--nope"], code: 2,
            says: "nope"),
        Row(
            testDescription: "unknown command", arguments: ["doktor"], code: 2, says: "doktor"),
        Row(
            testDescription: "unknown check", arguments: ["lint", "-", "--only", "missing-fsgrup"],
            code: 2, says: "did you mean 'missing-fsgroup'?"),
        Row(
            testDescription: "unknown format", arguments: ["lint", "-", "-o", "jsn"], code: 2,
            says: "did you mean 'json'?"),
        Row(
            testDescription: "unknown severity", arguments: ["lint", "-", "--fail-on", "eror"],
            code: 2, says: "did you mean 'error'?"),
        Row(
            testDescription: "no such file", arguments: ["lint", "/nonexistent/x.yaml"], code: 2,
            says: "no such file"),
        Row(
            testDescription: "nothing to judge", arguments: ["lint", "-"], code: 2, input: "a: 1\n",
            says: "nothing to judge"),
        Row(testDescription: "nothing named", arguments: ["lint"], code: 2, says: "name a file"),
        Row(
            testDescription: "no kubeconfig", arguments: ["doctor"], code: 2,
            says: "kubeconfig"),
        Row(
            testDescription: "no address", arguments: ["doctor", "--endpoint", "nonsense"], code: 2,
            says: "no address to probe"),
        Row(
            testDescription: "no page of a pod",
            arguments: ["doctor", "--metrics", "r-0=http://a"],
            code: 2, says: "write NAMESPACE/POD=http://HOST:PORT/metrics"),
        Row(
            testDescription: "a page without its cluster",
            arguments: [
                "doctor", "--endpoint", "http://127.0.0.1:1", "--metrics",
                "n/r-0=http://127.0.0.1:1",
            ], code: 2, says: "name it with --context"),
        Row(
            testDescription: "no time to look back",
            arguments: ["doctor", "--prometheus", "http://127.0.0.1:1", "--history", "1m"], code: 2,
            says: "from 5m to 720h"),
        Row(
            testDescription: "unknown incident", arguments: ["lab", "run", "helthy"], code: 2,
            says: "did you mean 'healthy'?"),
        Row(
            testDescription: "unknown id", arguments: ["explain", "missing-fsgrp"], code: 2,
            says: "did you mean 'missing-fsgroup'?"),
        Row(
            testDescription: "a file that does not parse", arguments: ["lint", "-"], code: 3,
            input: "a: [1\n---\napiVersion: v1\nkind: Service\nmetadata: {name: s}\n",
            says: "<stdin>"),
        Row(
            testDescription: "incomplete, and allowed to be",
            arguments: ["lint", "-", "--allow-incomplete"], code: 0,
            input: "a: [1\n---\napiVersion: v1\nkind: Service\nmetadata: {name: s}\n"),
        Row(
            testDescription: "findings count more than gaps", arguments: ["lint", "-"], code: 1,
            input: broken + "\n---\na: [1\n"),
        Row(
            testDescription: "an internal error", arguments: ["version", "--internal-error"],
            code: 4, says: "fault of thanosctl"),
        Row(
            testDescription: "a receiver with a bad flag", arguments: ["receiver", "--nope"],
            code: 2, says: "unknown long flag '--nope'"),
        Row(
            testDescription: "a receiver with a fault that there is not",
            arguments: ["receiver", "--fault=fire"], code: 2,
            says: "unknown fault 'fire'; there is refuse, reset, delay=DURATION"),
        Row(
            testDescription: "help about a receiver", arguments: ["receiver", "--help"], code: 0,
            says: "status=CODE:SHARE  "),
        Row(
            testDescription: "a receiver without labels", arguments: ["receiver"], code: 1,
            says: "no external labels configured for receive"),
    ]

    @Test("each situation has its own code and says why", arguments: rows)
    func table(_ row: Row) async throws {
        let run = try await ThanosctlProcess(row.arguments, input: row.input)
        #expect(run.exitCode == row.code, "\(run.errors)\(run.output)")
        #expect((run.output + run.errors).contains(row.says), "\(run.errors)\(run.output)")
    }

    @Test("a usage error under -o json is still one document on stdout")
    func jsonUsageError() async throws {
        let run = try await ThanosctlProcess("lint", "-o", "json", "/nonexistent")
        #expect(run.exitCode == 2)
        #expect(run.output.hasPrefix("{") && run.output.contains("\"exitCode\": 2"))
        #expect(run.output.contains("\"error\":"))
    }
}
