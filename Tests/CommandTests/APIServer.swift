import FoundationEssentials
import HTTPServing
import IncidentLab
import KubernetesEmulator
import LoopbackServer
import MarkedYAML
import Testing

/// API servers of the test's own, in this process: the emulator with a fault, and worse ones.
enum APIServer {
    /// The cluster of the incident `healthy`, as objects: as of now, since a Lease grows old while
    /// other tests run.
    static var objects: [JSONValue] {
        let folder = Project.fixture("incidents/healthy/cluster")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.sorted().flatMap { name in
            let text = try? String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
            // As the lab does: `now` of the incident becomes the present.
            let shift = TimeShift(from: "2026-11-20T12:00:00Z", to: Date())
            let present = text.map { shift?.applied(to: $0) ?? $0 }
            let stream = YAMLReader.stream(SourceText(name: name, text: present ?? ""))
            return stream.documents.map(\.plainValue)
        }
    }

    static func healthy() -> EmulatedCluster {
        EmulatedCluster(objects: objects, access: ["token": .administrator()])
    }

    /// Serves a cluster and hands the closure the path of a kubeconfig for it.
    static func serving(
        _ cluster: EmulatedCluster, _ body: @escaping @Sendable (String) async throws -> Void
    ) async throws {
        // Pods answer with an empty page of metrics.
        let server = EmulatedAPIServer(cluster: cluster) { _ in ServedResponse(status: 200) }
        try await serving(tls: nil, { await server.respond(to: $0) }) { address in
            let folder = try TemporaryFolder()
            let config = kubeconfig(
                server: "http://\(address)", caPEM: "", token: "token", context: "central",
                namespace: "default")
            try await body(try folder.write("kubeconfig", config))
            // The folder goes with its last use.
            _ = folder.path
        }
    }

    /// Answers everything with one status of the API, over TLS.
    static func refusing(
        status: Int, reason: String,
        _ body: @escaping @Sendable (_ server: String, _ authority: String) async throws -> Void
    ) async throws {
        let (identity, authority) = try TLSIdentity.selfSigned(hosts: ["127.0.0.1"])
        let answer: JSONValue = [
            "kind": "Status", "apiVersion": "v1", "metadata": [:], "status": "Failure",
            "message": .string(reason), "reason": .string(reason), "code": .int(status),
        ]
        let response = ServedResponse(
            status: status, headers: [("Content-Type", "application/json")],
            body: .bytes(Array(answer.compact.utf8)))
        try await serving(tls: identity, { _ in response }) { address in
            try await body("https://\(address)", authority)
        }
    }

    private static func serving(
        tls: TLSIdentity?, _ respond: @escaping @Sendable (ServedRequest) async -> ServedResponse,
        _ body: @escaping @Sendable (ListenAddress) async throws -> Void
    ) async throws {
        let options = ServerOptions(
            address: ListenAddress(host: "127.0.0.1", port: 0), tls: tls, gracePeriod: .zero)
        let (bound, binding) = AsyncStream<ListenAddress>.makeStream()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { binding.finish() }
                try await serve(options, onBound: { binding.yield($0) }, respond: respond)
            }
            let address = try #require(await bound.first { _ in true })
            try await body(address)
            group.cancelAll()
            try await group.waitForAll()
        }
    }
}
