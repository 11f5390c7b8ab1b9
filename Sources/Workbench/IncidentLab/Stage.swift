import Evidence
import FoundationEssentials
import HTTPServing
import KubernetesEmulator
import KubernetesModel
import MarkedYAML
import PipelineModel

/// Runs an incident on loopback for as long as a closure takes.
package struct Stage: Sendable {
    let world: StagedWorld
    let prefix: String
    let folder: String
    let executable: String

    /// What the closure can use.
    package struct Running: Sendable {
        package let kubeconfigPath: String
        /// The kubeconfig's contexts, the current one first.
        package let contexts: [String]
        package let names: [String: String]
        /// What went otherwise than `stage.yaml` says.
        package let problems: [String]
    }

    private enum Event: Sendable {
        case up(String)
        case exited(StageDescription.StagedReceiver, code: Int32, lines: [String])
        case failed(String)
        case done
    }

    private static let apiPort = 6443
    /// Below .240 incidents have addresses of their own.
    private static let mostClusters = 10
    private static let patience = Duration.seconds(30)

    /// Starts everything, waits until it stands, runs the closure, and takes everything down.
    package func run<Result: Sendable>(
        _ body: @escaping @Sendable (Running) async throws -> Result
    ) async throws -> Result {
        let authority = try CertificateAuthority(commonName: "thanosctl lab")
        let servers = try self.servers
        let identity = try authority.identity(for: servers.map(\.host) + ["localhost"])
        let kubeconfigPath = "\(folder)/kubeconfig"
        let config = kubeconfig(
            servers: servers.map { ($0.cluster.name, "https://\($0.host):\(Self.apiPort)") },
            caPEM: authority.certificatePEM, token: "lab-admin", namespace: "default")
        try Data(config.utf8).write(to: URL(filePath: kubeconfigPath))
        let receivers = try world.stage.receivers.compactMap(receiverProcess)
        let (events, continuation) = AsyncStream.makeStream(of: Event.self)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            var expected = servers.count
            for (cluster, host) in servers {
                group.addTask {
                    await serveAPI(of: cluster, on: host, identity: identity) {
                        continuation.yield(.up(cluster.name))
                    }
                    continuation.yield(.failed("the API server emulator ended"))
                }
            }
            for process in receivers {
                expected += 1
                group.addTask {
                    let name = process.receiver.pod
                    let end = await process.run { continuation.yield(.up(name)) }
                    continuation.yield(
                        .exited(process.receiver, code: end.exitCode, lines: end.lines))
                }
            }
            for (address, port, behaviour) in listeners {
                expected += 1
                group.addTask {
                    do throws(ServingError) {
                        try await address.run(port: port, behaviour: behaviour) {
                            continuation.yield(.up("\(address.listener.address):\(port)"))
                        }
                    } catch {
                        continuation.yield(.failed("\(error)"))
                    }
                }
            }
            group.addTask {
                // Ends the wait below; cancelled when everything stands.
                guard (try? await Task.sleep(for: Self.patience)) != nil else { return }
                continuation.yield(.done)
            }
            defer { group.cancelAll() }
            let problems = await Self.wait(for: expected, in: events)
            return try await body(
                Running(
                    kubeconfigPath: kubeconfigPath, contexts: servers.map(\.cluster.name),
                    names: world.stage.names, problems: problems))
        }
    }

    /// Waits until as many parts as expected are up or ended; what is not as described.
    private static func wait(for expected: Int, in events: AsyncStream<Event>) async -> [String] {
        var settled = 0
        var problems: [String] = []
        for await event in events {
            switch event {
            case .up: settled += 1
            case .exited(let receiver, let code, let lines):
                settled += 1
                guard receiver.expectation == .exits, code == 1 else {
                    let last = lines.last ?? "no line"
                    problems.append("\(receiver.pod) ended with exit code \(code): \(last)")
                    break
                }
            case .failed(let reason):
                settled += 1
                problems.append(reason)
            case .done:
                problems.append("the stage did not stand after \(Self.patience)")
                return problems
            }
            if settled >= expected { break }
        }
        return problems
    }

    /// The clusters with the addresses of their API servers: .250, and downwards from it.
    private var servers: [(cluster: StagedCluster, host: String)] {
        get throws(LabError) {
            guard world.clusters.count <= Self.mostClusters else {
                throw LabError(
                    .malformedIncident, "the lab stages \(Self.mostClusters) clusters at most")
            }
            return world.clusters.enumerated().map { ($1, "\(prefix)\(250 - $0)") }
        }
    }

    private func serveAPI(
        of cluster: StagedCluster, on host: String, identity: TLSIdentity,
        onUp: @escaping @Sendable () -> Void
    ) async {
        let isCentral = cluster.name == world.central.name
        let metrics = StagedMetrics(
            cluster.files, receivers: isCentral ? world.receiverAddresses : [:])
        let answers = cluster.answers
        let server = EmulatedAPIServer(
            cluster: EmulatedCluster(
                objects: cluster.objects.all.map(\.node.plainValue), logs: cluster.logs,
                access: ["lab-admin": .administrator()]),
            proxy: { request in
                if let answer = answers.answer(request) { return answer }
                return await metrics.answer(request)
            })
        var options = ServerOptions(address: ListenAddress(host: host, port: Self.apiPort))
        options.tls = identity
        options.clockSkew = cluster.clockSkew
        // Clients keep connections open; nobody waits for their goodbye.
        options.gracePeriod = .milliseconds(100)
        // Cancelled when the run is over; a failure to bind shows as a stage that never stands.
        try? await serve(options, onBound: { _ in onUp() }) { await server.respond(to: $0) }
    }

    private func receiverProcess(
        _ receiver: StageDescription.StagedReceiver
    ) throws -> ReceiverProcess? {
        guard let pod = world.pod(receiver.pod) else {
            throw LabError(.malformedIncident, "stage.yaml: there is no pod \(receiver.pod)")
        }
        let volumes = try StagedVolumes(
            receiver, pod: pod, objects: world.central.objects, below: "\(folder)/\(pod.name)")
        return ReceiverProcess(
            receiver: receiver, arguments: ReceiverProcess.arguments(receiver, pod: pod),
            mappings: volumes.mappings, names: world.stage.names, executable: executable)
    }

    private var listeners: [(VirtualAddress, Int, VirtualAddress.Behaviour)] {
        world.stage.listeners.flatMap { listener in
            let address = VirtualAddress(listener: listener)
            return listener.ports.compactMap { port in
                address.behaviour(ofPort: port, objects: world.central.objects).map {
                    (address, port, $0)
                }
            }
        }
    }
}
