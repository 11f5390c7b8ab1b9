import KubernetesEmulator
import Testing

/// `logs explain` on the pods of a cluster.
@Suite("Explaining the logs of pods", .timeLimit(.minutes(2)))
struct LogsOfPodsTests {
    private static let bad = #"level=error err="no matching hashring to handle tenant""#

    private static func explain(
        _ kubeconfig: String, _ arguments: String...
    ) async throws -> ThanosctlProcess {
        try await ThanosctlProcess(
            ["logs", "explain", "--kubeconfig", kubeconfig] + arguments)
    }

    private static func serving(
        logs: [LogKey: String] = [:], faults: EmulatorFault...,
        body: @escaping @Sendable (String) async throws -> Void
    ) async throws {
        var cluster = APIServer.healthy()
        cluster.logs = logs.mapValues { Array($0.utf8) }
        cluster.faults = faults
        try await APIServer.serving(cluster, body)
    }

    private static func receiver(_ number: Int) -> LogKey {
        LogKey(
            namespace: "monitoring", pod: "thanos-receiver-\(number)", container: "thanos-receive")
    }

    @Test("the pods of the lab's incident show it, before their restart and after it")
    func lab() async throws {
        let program = ThanosctlProcess.program(["lab", "up", "tsdb-permission-denied"])
        _ = try await program.run(until: "export KUBECONFIG=") { line in
            let path = String(line.trimmingPrefix("export KUBECONFIG="))
            let run = try await Self.explain(path, "-n", "monitoring", "-o", "json")
            let report = try Report(run)
            #expect(report.exitCode == 1, "\(run.errors)")
            #expect(report.roots.contains("tsdb-permission-denied"))
            #expect(report.gaps == [])
            let places = try #require(report.finding("tsdb-permission-denied")?.places)
            #expect(
                places.first?.hasPrefix(
                    "monitoring/thanos-receiver-0/thanos-receive.previous.log:") == true)
            #expect(places.contains { $0.contains("/thanos-receive.log:") })
            let text = try await Self.explain(path, "-n", "monitoring")
            #expect(
                text.output.flat.contains(
                    "kubectl logs -n monitoring thanos-receiver-0 -c thanos-receive --previous"))
            #expect(text.output.flat.contains("Pod monitoring/thanos-receiver-0"))
        }
    }

    @Test("only the selected pods are read, and the same report comes each time")
    func selector() async throws {
        let agent = LogKey(
            namespace: "monitoring", pod: "prometheus-agent-0", container: "prometheus")
        let logs = [
            Self.receiver(2): Self.bad, Self.receiver(1): Self.bad,
            agent: #"level=error msg="non-recoverable error" err="HTTP status 404""#,
        ]
        try await Self.serving(logs: logs) { path in
            let all = try Report(try await Self.explain(path, "-A", "-o", "json"))
            #expect(all.foundChecks == ["hashring-no-matching-tenant", "rw-url-wrong"])
            let some = try Report(
                try await Self.explain(
                    path, "-n", "monitoring", "-l", "app=thanos-receiver", "-o", "json"))
            #expect(some.foundChecks == ["hashring-no-matching-tenant"])
            #expect(
                some.findings.first?.places == [
                    "monitoring/thanos-receiver-1/thanos-receive.log:1:1",
                    "monitoring/thanos-receiver-2/thanos-receive.log:1:1",
                ])
        }
    }

    @Test("what may not be read is a gap with verb and resource, and the rule that allows it")
    func forbidden() async throws {
        let fault = EmulatorFault(.forbidden, resource: "pods/log")
        try await Self.serving(faults: fault) { path in
            let run = try await Self.explain(path, "-n", "monitoring", "-o", "json")
            let report = try Report(run)
            #expect(run.exitCode == 3)
            #expect(report.gaps.count == 1, "\(report.gaps)")
            #expect(report.gaps.first?.contains("user admin may not get pods/log") == true)
            let text = try await Self.explain(path, "-n", "monitoring")
            #expect(
                text.output.contains(
                    #"- {apiGroups: [""], resources: ["pods/log"], verbs: ["get"]}"#))
        }
        try await Self.serving(faults: EmulatorFault(.forbidden, resource: "pods")) { path in
            let run = try await Self.explain(path, "-A", "-o", "json")
            #expect(run.exitCode == 3)
            #expect(try Report(run).gaps.contains { $0.contains("user admin may not list pods") })
        }
    }

    @Test("a log that hangs does not outlive the time that was given")
    func hangs() async throws {
        let fault = EmulatorFault(.hang, resource: "pods/log")
        try await Self.serving(faults: fault) { path in
            let run = try await Self.explain(
                path, "-n", "monitoring", "--timeout", "4s", "-o", "json")
            let report = try Report(run)
            #expect(run.exitCode == 3)
            #expect(report.seconds < 6)
            #expect(report.gaps.contains { $0.contains("no complete answer in time") })
        }
    }

    @Test("of a log of a gigabyte as much is read as was asked for, and what is left out is said")
    func huge() async throws {
        let fault = EmulatorFault(.hugeLog(bytes: 1 << 30), resource: "pods/log")
        try await Self.serving(faults: fault) { path in
            // An address space in which the log would not fit once.
            let program = Program(
                path: "/bin/bash",
                arguments: [
                    "-c", "ulimit -v 1500000; exec \"$@\"", "bash", ThanosctlProcess.executable,
                    "logs", "explain", "--kubeconfig", path, "-l", "app=thanos-receiver", "-n",
                    "monitoring", "-o", "json",
                ])
            let ended = try await program.run()
            let report = try Report(ended.output, exitCode: ended.exitCode)
            #expect(ended.exitCode == 3, "\(ended.errors)")
            #expect(report.gaps.allSatisfy { $0.contains("its newest lines were not read") })
        }
    }

    @Test(
        "what was typed wrong is told as that",
        arguments: [
            (["-n", "monitorin"], "did you mean 'monitoring'?"),
            (["-n", "monitoring", "-l", "app=nobody"], "no pods in namespace monitoring match"),
            (["-n", "monitoring", "-l", "app in"], "refuses -l 'app in': found"),
            (["-n", "monitoring", "-A"], "exclude each other"),
            (["-A", "--tail", "0"], "--tail"), (["-A", "--timeout", "soon"], "no duration"),
            (["--context", "nowhere"], "nowhere"),
        ])
    func mistakes(_ arguments: [String], _ words: String) async throws {
        try await Self.serving { path in
            let run = try await ThanosctlProcess(
                ["logs", "explain", "--kubeconfig", path] + arguments)
            #expect(run.exitCode == 2, "\(run.output)")
            #expect(run.errors.contains(words), "\(run.errors)")
        }
    }
}
