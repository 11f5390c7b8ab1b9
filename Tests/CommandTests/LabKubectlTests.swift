import FoundationEssentials
import LoopbackServer
import Subprocess
import Testing

/// The commands of the incident report, typed at the lab with the real kubectl.
@Suite("kubectl on the lab", .serialized, .timeLimit(.minutes(2)))
struct LabKubectlTests {
    private static let pods = "get pods -n monitoring -l app=thanos-receiver"

    private static func up<Value: Sendable>(
        _ incident: String..., ending signal: Signal = .terminate,
        _ body: @escaping @Sendable (Kubectl) async throws -> Value
    ) async throws -> Program.Session<Value> {
        try await ThanosctlProcess.program(["lab", "up"] + incident)
            .run(until: "export KUBECONFIG=", ending: signal) { try await body(Kubectl($0)) }
    }

    @Test("the incident shows what its reporters saw, and SIGTERM cleans up")
    func brokenReceivers() async throws {
        let session = try await Self.up("tsdb-permission-denied") { kubectl in
            let pods = try await kubectl.table(Self.pods)
            #expect(pods.first == ["NAME", "READY", "STATUS", "RESTARTS", "AGE"])
            #expect(pods.dropFirst().map { $0[0] } == (0..<3).map { "thanos-receiver-\($0)" })
            for row in pods.dropFirst() {
                #expect(row[1...2] == ["0/1", "CrashLoopBackOff"])
                #expect(row[3].wholeMatch(of: /5 \(\d+[ms].* ago\)/) != nil, "\(row)")
            }
            try await Self.expectNetwork(kubectl)
            try await Self.expectLogs(kubectl)
            try await Self.expectObjects(kubectl)
        }
        #expect(session.exitCode == 143)
        try Self.expectCleanUp(session.output)
    }

    @Test("the repaired twin shows the report's rows, and SIGINT cleans up")
    func repairedReceivers() async throws {
        let session = try await Self.up(
            "tsdb-permission-denied", "--repaired", ending: .interrupt
        ) { kubectl in
            let pods = try await kubectl(Self.pods)
            #expect(
                pods == """
                    NAME                READY   STATUS    RESTARTS   AGE
                    thanos-receiver-0   1/1     Running   0          20m
                    thanos-receiver-1   1/1     Running   0          20m
                    thanos-receiver-2   1/1     Running   0          19m

                    """)
        }
        #expect(session.exitCode == 130)
        try Self.expectCleanUp(session.output)
    }

    @Test("the Ingress has no address where the pool has none left")
    func ingressWithoutAddress() async throws {
        _ = try await Self.up("lb-pool-exhausted") { kubectl in
            let ingress = try await kubectl(
                "get ingress -n monitoring thanos-receiver-ingress")
            #expect(
                ingress == """
                    NAME                      CLASS    HOSTS                                        \
                    ADDRESS   PORTS   AGE
                    thanos-receiver-ingress   cilium   thanos-receiver.k8s-cluster-01.miribit.lab   \
                              80      43m

                    """)
        }
    }

    @Test(
        "kubectl accepts the rights that the checks need",
        arguments: [[], ["--only", "l2-policy-missing"]])
    func rights(_ checks: [String]) async throws {
        let folder = try TemporaryFolder()
        try await folder.write("rbac.yaml", ThanosctlProcess(["checks", "rbac"] + checks).output)
        _ = try await Self.up("healthy") { kubectl in
            let path = "\(folder.path)/rbac.yaml"
            let said = try await kubectl("apply --dry-run=client -f \(path)")
            #expect(said == "clusterrole.rbac.authorization.k8s.io/thanosctl created (dry run)\n")
            // Decodes every rule into its type.
            let reconciled = try await kubectl(
                "auth reconcile --dry-run=client -f \(path)", isTalkative: true)
            #expect(reconciled.contains("clusterrole.rbac.authorization.k8s.io/thanosctl"))
        }
    }

    private static func expectNetwork(_ kubectl: Kubectl) async throws {
        let ingresses = try await kubectl.table("get ingress -n monitoring")
        #expect(ingresses.first == ["NAME", "CLASS", "HOSTS", "ADDRESS", "PORTS", "AGE"])
        #expect(ingresses[1].prefix(2) == ["thanos-receiver-ingress", "cilium"])
        #expect(ingresses[1][3].hasPrefix("127."))
        let services = try await kubectl.table("get svc -n monitoring -l app=thanos-receiver")
        #expect(
            services.first == ["NAME", "TYPE", "CLUSTER-IP", "EXTERNAL-IP", "PORT(S)", "AGE"])
        #expect(services[1].prefix(2) == ["thanos-receiver", "LoadBalancer"])
        #expect(services[1][4] == "10902:32488/TCP,10901:30139/TCP,19291:31820/TCP")
        #expect(
            services[2].dropLast() == [
                "thanos-receiver-headless", "ClusterIP", "None", "<none>",
                "10902/TCP,10901/TCP,19291/TCP",
            ])
        #expect(
            try await kubectl("get ciliumloadbalancerippool cluster-01-central-pool") == """
                NAME                      DISABLED   CONFLICTING   IPS AVAILABLE   AGE
                cluster-01-central-pool   false      False         0               16m

                """)
        let wide = try await kubectl("get pods,svc,endpointslices -A -o wide")
        let addresses = wide.matches(of: /\b\d+\.\d+\.\d+\.\d+\b/).map { $0.output }
        #expect(!addresses.isEmpty)
        #expect(addresses.filter { !$0.hasPrefix("127.") } == [])
    }

    private static func expectLogs(_ kubectl: Kubectl) async throws {
        let denied = "mkdir /var/thanos/receive/default-tenant: permission denied"
        for option in ["", " --previous", " --tail=50"] {
            let log = try await kubectl("logs -n monitoring thanos-receiver-0\(option)")
            #expect(log.contains(denied), "logs\(option)")
        }
        #expect(
            try await kubectl("logs -n monitoring thanos-receiver-0 --tail=1")
                .split(separator: "\n").count == 1)
    }

    private static func expectObjects(_ kubectl: Kubectl) async throws {
        let pod = try await kubectl("get pod -n monitoring thanos-receiver-0 -o yaml")
        #expect(pod.hasPrefix("apiVersion: v1\nkind: Pod\n"))
        #expect(pod.contains("reason: CrashLoopBackOff") && pod.contains("restartCount: 5"))
        let map = try await kubectl("get cm -n monitoring thanos-receiver-hashrings -o yaml")
        #expect(map.contains("kind: ConfigMap") && map.contains("hashrings.json: "))
        #expect(map.contains("thanos-receiver-headless.monitoring.svc.cluster.local:10901"))
        let text = try await kubectl("describe pod -n monitoring thanos-receiver-0")
        for words in [
            "State: Waiting Reason: CrashLoopBackOff", "Last State: Terminated Reason: Error",
            "Exit Code: 1", "Restart Count: 5", "Back-off restarting failed container",
            "--tsdb.path=/var/thanos/receive",
        ] {
            #expect(text.flat.contains(words), "\(text)")
        }
    }

    private static func expectCleanUp(_ output: String) throws {
        let first = try #require(output.split(separator: "\n").first)
        let folder = first.trimmingPrefix("export KUBECONFIG=").split(separator: "/").dropLast()
        let path = folder.map { "/\($0)" }.joined()
        #expect(path.contains("thanosctl-lab-"))
        #expect(!FileManager.default.fileExists(atPath: path), "\(path) was left behind")
    }
}
