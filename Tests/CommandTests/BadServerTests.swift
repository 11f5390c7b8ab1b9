import HTTPServing
import KubernetesEmulator
import LoopbackServer
import Testing

/// API servers that refuse, hang, lie or hold back: what is said, and that nothing is made up.
@Suite("Doctor on an API server that misbehaves", .serialized, .timeLimit(.minutes(2)))
struct BadServerTests {
    /// Without the check that needs probes: nothing stands behind the addresses of this world.
    private static let withoutProbes = [
        "--no-probes", "--skip", "vip-connection-refused,vip-unreachable-timeout,rw-tls-mismatch",
    ]

    private static func doctor(
        _ kubeconfig: String, _ arguments: String...
    ) async throws -> ThanosctlProcess {
        try await ThanosctlProcess(
            ["doctor", "--kubeconfig", kubeconfig, "-o", "json"] + withoutProbes + arguments)
    }

    private static func cluster(_ faults: EmulatorFault...) -> EmulatedCluster {
        var cluster = APIServer.healthy()
        cluster.faults = faults
        return cluster
    }

    @Test("the world of these tests is healthy without a fault")
    func healthy() async throws {
        try await APIServer.serving(APIServer.healthy()) { kubeconfig in
            let run = try await Self.doctor(kubeconfig)
            let report = try Report(run)
            #expect(run.errors == "")
            #expect(report.gaps == [])
            #expect(report.findings.filter { $0.severity != "info" } == [])
        }
    }

    @Test("nobody listens")
    func refused() async throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(
            "kubeconfig",
            kubeconfig(
                server: "http://127.83.0.1:1", caPEM: "", token: "t", context: "x",
                namespace: "default"))
        let run = try await ThanosctlProcess("doctor", "--kubeconfig", path, "-o", "json")
        let report = try Report(run)
        #expect(run.exitCode == 3)
        #expect(report.findings == [])
        #expect(report.gaps.allSatisfy { $0.contains("cannot be reached") })
        #expect(report.gaps.contains { $0.contains("refuse") && $0.contains("127.83.0.1") })
        #expect(report.checks("passed") == [:], "what nobody saw has not passed")
        #expect(!report.checks("unknown").isEmpty)
    }

    @Test("it accepts, and never answers", arguments: [true, false])
    func hangs(speaksHTTP: Bool) async throws {
        let check: @Sendable (String) async throws -> Void = { path in
            let run = try await ThanosctlProcess(
                "doctor", "--kubeconfig", path, "--timeout", "3s", "-o", "json")
            let report = try Report(run)
            #expect(run.exitCode == 3)
            #expect(report.seconds < 6)
            #expect(report.gaps.contains { $0.contains("in time") }, "\(report.gaps)")
            #expect(report.checks("passed") == [:])
        }
        guard speaksHTTP else { return try await Self.againstSilence(check) }
        try await APIServer.serving(Self.cluster(EmulatorFault(.hang)), check)
    }

    private static func againstSilence(
        _ body: @escaping @Sendable (String) async throws -> Void
    ) async throws {
        let (bound, binding) = AsyncStream<ListenAddress>.makeStream()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { binding.finish() }
                try await TCPAcceptor.run(ListenAddress(host: "127.0.0.1", port: 0)) {
                    binding.yield($0)
                }
            }
            let address = try #require(await bound.first { _ in true })
            let folder = try TemporaryFolder()
            try await body(
                try folder.write(
                    "kubeconfig",
                    kubeconfig(
                        server: "http://\(address)", caPEM: "", token: "t", context: "x",
                        namespace: "default")))
            group.cancelAll()
            try await group.waitForAll()
        }
    }

    @Test("one kind hangs: the rest is judged")
    func oneKindHangs() async throws {
        let cluster = Self.cluster(EmulatorFault(.hang, resource: "services"))
        try await APIServer.serving(cluster) { kubeconfig in
            let report = try Report(try await Self.doctor(kubeconfig, "--timeout", "12s"))
            #expect(report.exitCode == 3)
            #expect(report.seconds < 12)
            #expect(report.gaps.count == 1, "\(report.gaps)")
            #expect(report.gaps.first?.contains("services") == true)
            #expect(report.checks("passed")["missing-fsgroup"] != nil)
            #expect(report.checks("unknown")["svc-no-ready-endpoints"] != nil)
        }
    }

    @Test("it answers HTML", arguments: [200, 502])
    func html(status: Int) async throws {
        try await APIServer.serving(Self.cluster(EmulatorFault(.html(status: status)))) { path in
            let run = try await Self.doctor(path)
            let report = try Report(run)
            #expect(run.exitCode == 3)
            #expect(report.findings == [])
            let words = status == 200 ? "not an API server" : "502"
            #expect(report.gaps.contains { $0.contains(words) }, "\(report.gaps)")
        }
    }

    @Test("its answers are cut off")
    func truncated() async throws {
        let fault = EmulatorFault(.truncated(after: 200), resource: "pods", verb: "list")
        try await APIServer.serving(Self.cluster(fault)) { kubeconfig in
            let run = try await Self.doctor(kubeconfig)
            let report = try Report(run)
            #expect(run.exitCode == 3)
            #expect(report.gaps.count == 1)
            #expect(report.gaps.first?.contains("pods") == true, "\(report.gaps)")
            #expect(report.checks("unknown")["receiver-crashloop"] != nil)
            #expect(report.checks("passed")["retention-vs-upload"] != nil)
        }
    }

    /// A resource that may not be read, and what that leaves unknown.
    struct Denial: Sendable, CustomTestStringConvertible {
        let resource: String
        let sentence: String
        let rule: String
        let unknown: String
        let passed: String

        var testDescription: String { resource }
    }

    @Test(
        "what is forbidden is unknown, with verb and resource, and a role to paste",
        arguments: [
            Denial(
                resource: "statefulsets",
                sentence: "user admin may not list statefulsets (group apps)",
                rule: #"- {apiGroups: ["apps"], resources: ["statefulsets"], verbs: ["list"]}"#,
                unknown: "missing-fsgroup", passed: "lb-pool-exhausted"),
            Denial(
                resource: "pods/log", sentence: "user admin may not get pods/log",
                rule: #"- {apiGroups: [""], resources: ["pods/log"], verbs: ["get"]}"#,
                unknown: "hashring-no-matching-tenant", passed: "missing-fsgroup"),
            Denial(
                resource: "ciliumloadbalancerippools",
                sentence: "user admin may not list ciliumloadbalancerippools (group cilium.io)",
                rule: #"- {apiGroups: ["cilium.io"], resources: ["ciliumloadbalancerippools"], "#
                    + #"verbs: ["list"]}"#,
                unknown: "lb-pool-exhausted", passed: "missing-fsgroup"),
        ])
    func forbidden(_ denial: Denial) async throws {
        let cluster = Self.cluster(EmulatorFault(.forbidden, resource: denial.resource))
        try await APIServer.serving(cluster) { kubeconfig in
            let run = try await Self.doctor(kubeconfig)
            let report = try Report(run)
            #expect(run.exitCode == 3)
            #expect(report.findings.filter { $0.severity != "info" } == [])
            #expect(report.gaps.contains { $0.contains(denial.sentence) }, "\(report.gaps)")
            #expect(report.checks("unknown")[denial.unknown]?.contains(denial.sentence) == true)
            #expect(report.checks("passed")[denial.passed] != nil)
            let text = try await ThanosctlProcess(
                ["doctor", "--kubeconfig", kubeconfig] + Self.withoutProbes)
            #expect(text.output.flat.contains(denial.sentence))
            #expect(text.output.contains(denial.rule), "\(text.output)")
            #expect(text.output.contains("kind: ClusterRole"))
            let lenient = try await Self.doctor(kubeconfig, "--allow-incomplete")
            #expect(lenient.exitCode == 0)
        }
    }

    @Test("where only one namespace may be read, that one is read")
    func ownNamespace() async throws {
        var cluster = APIServer.healthy()
        cluster.access = [
            "token": Access(
                user: "jane",
                rules: [Access.Rule(resources: ["*"], namespaces: ["monitoring"])])
        ]
        try await APIServer.serving(cluster) { kubeconfig in
            let run = try await Self.doctor(kubeconfig, "-n", "monitoring")
            let report = try Report(run)
            #expect(report.checks("passed")["missing-fsgroup"] != nil)
            // What is not namespaced stays closed to her.
            #expect(run.exitCode == 3)
            #expect(
                report.gaps.allSatisfy { $0.contains("in the whole cluster") }, "\(report.gaps)")
        }
    }

    @Test("kinds that are not served are no gap")
    func noCustomResources() async throws {
        var cluster = APIServer.healthy()
        cluster.customGroups = []
        try await APIServer.serving(cluster) { kubeconfig in
            let report = try Report(try await Self.doctor(kubeconfig))
            #expect(report.gaps == [])
            #expect(report.checks("skipped")["lb-pool-exhausted"] != nil)
            #expect(report.checks("skipped")["l2-policy-missing"] != nil)
        }
    }

    @Test("paging that expires begins again, throttling is waited out")
    func impatience() async throws {
        let cluster = Self.cluster(
            EmulatorFault(.expired, resource: "pods", times: 1),
            EmulatorFault(.tooManyRequests(retryAfter: 1), resource: "services", times: 1),
            EmulatorFault(.internalError, resource: "configmaps", times: 1))
        try await APIServer.serving(cluster) { kubeconfig in
            let report = try Report(try await Self.doctor(kubeconfig))
            #expect(report.gaps == [])
            #expect(report.isComplete)
        }
    }

    @Test("a pod that goes between list and log is no gap")
    func podGone() async throws {
        let cluster = Self.cluster(EmulatorFault(.gone, resource: "pods/log"))
        try await APIServer.serving(cluster) { kubeconfig in
            let run = try await Self.doctor(kubeconfig)
            let report = try Report(run)
            #expect(run.exitCode == 0, "\(run.errors)")
            #expect(report.gaps == [])
        }
    }

    @Test("of a log of a gigabyte as much is read as was asked for")
    func hugeLog() async throws {
        let cluster = Self.cluster(EmulatorFault(.hugeLog(bytes: 1 << 30), resource: "pods/log"))
        try await APIServer.serving(cluster) { kubeconfig in
            // An address space in which the log would not fit once.
            let program = Program(
                path: "/bin/bash",
                arguments: [
                    "-c", "ulimit -v 1500000; exec \"$@\"", "bash", ThanosctlProcess.executable,
                    "doctor", "--kubeconfig", kubeconfig, "-o", "json",
                ] + Self.withoutProbes)
            let ended = try await program.run()
            let report = try Report(ended.output, exitCode: ended.exitCode)
            #expect(ended.exitCode == 0, "\(ended.errors)")
            #expect(report.gaps == [])
        }
    }

    @Test("an unknown namespace is told apart from an empty one")
    func namespaces() async throws {
        try await APIServer.serving(APIServer.healthy()) { kubeconfig in
            let unknown = try await Self.doctor(kubeconfig, "-n", "monitorin")
            #expect(unknown.exitCode == 2, "\(unknown.output)")
            #expect(unknown.errors.contains("unknown namespace 'monitorin'"))
            #expect(unknown.errors.contains("did you mean 'monitoring'?"), "\(unknown.errors)")
            #expect(try Report(unknown).error.contains("monitorin"))
            let empty = try await Self.doctor(kubeconfig, "-n", "default")
            #expect(empty.exitCode == 2)
            #expect(empty.errors.contains("no thanos receive"), "\(empty.errors)")
            #expect(!empty.errors.contains("unknown namespace"))
        }
    }
}
