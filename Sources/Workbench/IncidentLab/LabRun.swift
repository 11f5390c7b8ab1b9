import CurlHTTP
package import Diagnosis
package import Evidence
import FoundationEssentials
import Gathering
import KubernetesAPI
import NetworkProbes

/// Stages an incident, diagnoses it with the real doctor, and compares with the truth.
package struct LabRun: Sendable {
    package let incident: Incident
    private let checks: [Check]
    private let causes: CauseGraph
    private let executable: String
    private let version: String

    /// - Parameter executable: the program that is started for receivers without rights.
    package init(
        _ incident: Incident, checks: [Check], causes: CauseGraph, executable: String,
        version: String
    ) {
        self.incident = incident
        self.checks = checks
        self.causes = causes
        self.executable = executable
        self.version = version
    }

    package enum Phase: Sendable { case broken, repaired }

    /// What one phase came to.
    package struct Outcome: Sendable {
        package let phase: Phase
        package let conclusion: Conclusion
        package let views: [ClusterView]
        package let verdict: LabVerdict
        /// What was not staged as described, and traffic that went otherwise than expected.
        package let problems: [String]
        package let traffic: String?

        package var isRight: Bool { verdict.isRight && problems.isEmpty }
    }

    package var phases: [Phase] { incident.files.hasTwin ? [.broken, .repaired] : [.broken] }

    package func outcome(of phase: Phase) async throws -> Outcome {
        let staged = try await staged(phase) { stage, running in
            let traffic = stage.world.stage.traffic
            let answer = await traffic.asyncMap { await SyntheticWrite(traffic: $0).outcome() }
            var gathered = try await gather(running)
            if let folder = incident.compared {
                gathered = gathered + (try await stage.manifests(below: folder))
            }
            var problems = running.problems
            if let traffic, let answer, answer != traffic.expect {
                problems.append("remote write answered \(answer), not \(traffic.expect)")
            }
            return (gathered, problems, answer)
        }
        let (gathered, problems, traffic) = staged
        let snapshot = Snapshot(
            views: gathered.views, gaps: gathered.gaps, now: Date().timeIntervalSince1970)
        let conclusion = Conclusion(judging: snapshot, with: checks, causes: causes)
        let verdict = LabVerdict(
            conclusion, of: incident, isTwin: phase == .repaired,
            known: Set(checks.map(\.id)))
        return Outcome(
            phase: phase, conclusion: conclusion, views: gathered.views, verdict: verdict,
            problems: problems, traffic: traffic)
    }

    /// Stages a phase and runs the closure while it stands.
    package func stage<Result: Sendable>(
        _ phase: Phase, _ body: @escaping @Sendable (Stage.Running) async throws -> Result
    ) async throws -> Result {
        try await staged(phase) { _, running in try await body(running) }
    }

    private func staged<Result: Sendable>(
        _ phase: Phase,
        _ body: @escaping @Sendable (Stage, Stage.Running) async throws -> Result
    ) async throws -> Result {
        let network = try LabNetwork()
        let folder =
            FileManager.default.temporaryDirectory.path
            + "/thanosctl-lab-\(UUID().uuidString)"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        // Left behind at worst: the folder is temporary.
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let files = phase == .broken ? incident.files.broken : incident.files.repaired
        let world = try StagedWorld(files, of: incident, prefix: network.prefix, start: Date())
        let stage = Stage(
            world: world, prefix: network.prefix, folder: folder, executable: executable)
        return try await stage.run { try await body(stage, $0) }
    }

    /// Recorded pages do not need more, and real ones are young.
    private static let rateInterval = Duration.milliseconds(500)

    /// The real gatherers over the real clients; only loopback is contacted.
    private func gather(_ running: Stage.Running) async throws -> Gathered {
        guard let loopback = CIDR("127.0.0.0/8") else { return Gathered() }
        let probes = ProbeGatherer(
            policy: ProbePolicy(only: [loopback]), transport: CurlClient(), version: version,
            names: running.names)
        return try await FleetGatherer(
            running.contexts.map { context in
                { .cluster(try await cluster(context, of: running, probes: probes)) }
            }
        ).gather()
    }

    private func cluster(
        _ context: String, of running: Stage.Running, probes: ProbeGatherer
    ) async throws -> ClusterGatherer {
        let connection = try await Kubeconfig.connection(
            KubeconfigSource(explicitPath: running.kubeconfigPath, environment: [:]),
            context: context)
        let client = KubernetesClient(
            connection, transport: CurlClient(), budget: RequestBudget(total: .seconds(60)),
            userAgent: "thanosctl/\(version)")
        return ClusterGatherer(
            client: client, name: context, scope: .everywhere,
            plan: GatheringPlan(checks.flatMap(\.needs)),
            kubectlFlags: running.contexts.count > 1 ? "--context \(context)" : "",
            probes: probes, rateInterval: Self.rateInterval)
    }
}

extension Optional where Wrapped: Sendable {
    /// `map` for a function that waits.
    fileprivate func asyncMap<Result>(
        _ transform: (Wrapped) async -> Result
    ) async -> Result? {
        guard let self else { return nil }
        return await transform(self)
    }
}
