import HTTPServing
import KubernetesEmulator
import MarkedYAML
import Testing

@Suite("the real kubectl")
struct KubectlTests {
    /// A recorded command, and the moment at which the ages it printed were right.
    struct Row: Sendable, CustomTestStringConvertible {
        let command: String
        let time: String

        var testDescription: String { command }
    }

    private static let fiveSecondsIn = "2026-11-22T08:55:29.5Z"
    private static let sixSecondsIn = "2026-11-22T08:55:30.5Z"

    private static let rows = [
        Row(command: "kubectl get pods -n demo -l app=demo", time: fiveSecondsIn),
        Row(command: "kubectl get pods -A", time: fiveSecondsIn),
        Row(command: "kubectl get svc -n demo", time: sixSecondsIn),
        Row(command: "kubectl get ciliumloadbalancerippool demo-pool", time: sixSecondsIn),
        Row(command: "kubectl get ciliumloadbalancerippool -A", time: sixSecondsIn),
        Row(command: "kubectl get ingress -n demo demo", time: sixSecondsIn),
        Row(command: "kubectl get cm -n demo demo -o yaml", time: sixSecondsIn),
        Row(command: "kubectl logs -n broken crash-0 --tail=1", time: sixSecondsIn),
        Row(command: "kubectl logs -n broken crash-0 --previous", time: sixSecondsIn),
        Row(command: "kubectl describe pod -n broken crash-0", time: sixSecondsIn),
        Row(command: "kubectl get events -n broken", time: sixSecondsIn),
    ]

    @Test("prints what it printed for the recorded cluster", arguments: rows)
    func printsTheSame(row: Row) async throws {
        let recording = try #require(Recording.shared)
        let expected = try #require(recording.commands.first { $0.line == row.command })
        let server = EmulatedAPIServer(
            cluster: try RecordedWorld.cluster(at: row.time, of: recording))
        let arguments = row.command.split(separator: " ").dropFirst().map(String.init)
        let outcome = try await runningKubectl(arguments, against: server)
        #expect(outcome.errors == "")
        #expect(outcome.output == expected.output)
        #expect(outcome.status == 0)
    }

    @Test(
        "understands short names, wide tables, YAML and JSON of every kind we know",
        arguments: [
            ["get", "sts,deploy,ds,rs,svc,ing,cm,pvc,ep,sa,secret", "-A", "-o", "wide"],
            ["get", "no,ns,pv,sc,ingressclass,lbippool,l2announcement", "-o", "wide"],
            ["get", "pods,sts,svc", "-A", "-o", "yaml"],
            ["get", "ciliuml2announcementpolicy", "-A"],
            [
                "get", "applications,prom,promagent,am,smon,pmon,cnp,pdb,netpol,leases,jobs,cj",
                "-A",
            ],
            ["get", "all", "-n", "demo"], ["api-resources"], ["version"],
            ["auth", "can-i", "--list", "-n", "demo"], ["auth", "can-i", "get", "pods"],
            ["get", "pods", "-A", "--chunk-size=1"], ["describe", "svc", "-n", "demo", "demo"],
            ["get", "pods", "-n", "demo", "-o", "jsonpath={.items[*].metadata.name}"],
        ])
    func understands(arguments: [String]) async throws {
        let recording = try #require(Recording.shared)
        let server = EmulatedAPIServer(cluster: try RecordedWorld.cluster(of: recording))
        let outcome = try await runningKubectl(arguments, against: server)
        #expect(outcome.status == 0, "\(outcome.errors)")
    }

    @Test(
        "passes on what the server refuses",
        arguments: [
            (["get", "pods", "-n", "demo"], "Error from server (Forbidden): pods is forbidden"),
            (["logs", "-n", "demo", "demo-0"], "pods \"demo-0\" is forbidden"),
        ])
    func passesOnRefusals(arguments: [String], text: String) async throws {
        let recording = try #require(Recording.shared)
        let server = EmulatedAPIServer(cluster: try RecordedWorld.cluster(of: recording))
        let outcome = try await runningKubectl(arguments, against: server, token: "readertoken")
        #expect(outcome.errors.contains(text))
        #expect(outcome.status == 1)
    }

    @Test("cannot change anything")
    func cannotWrite() async throws {
        let recording = try #require(Recording.shared)
        let server = EmulatedAPIServer(cluster: try RecordedWorld.cluster(of: recording))
        let outcome = try await runningKubectl(
            ["delete", "pod", "-n", "demo", "demo-0"], against: server)
        #expect(outcome.errors.contains("the server does not allow this method"))
        #expect(outcome.status == 1)
    }
}

/// Serves over TLS on a free port while kubectl runs one command.
func runningKubectl(
    _ arguments: [String], against server: EmulatedAPIServer, token: String = "admintoken"
) async throws -> Kubectl.Outcome {
    let (identity, authority) = try TLSIdentity.selfSigned(hosts: ["127.0.0.1"])
    let options = ServerOptions(
        address: ListenAddress(host: "127.0.0.1", port: 0), tls: identity, gracePeriod: .zero)
    let (bound, binding) = AsyncStream<ListenAddress>.makeStream()
    return try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
            defer { binding.finish() }
            try await serve(
                options, onBound: { binding.yield($0) }, respond: { await server.respond(to: $0) })
        }
        let address = try #require(await bound.first { _ in true })
        let kubectl = try Kubectl(
            kubeconfig: kubeconfig(
                server: "https://\(address)", caPEM: authority, token: token, context: "lab",
                namespace: "default"))
        defer { kubectl.removeFiles() }
        let outcome = try await kubectl.run(arguments)
        group.cancelAll()
        try await group.waitForAll()
        return outcome
    }
}
