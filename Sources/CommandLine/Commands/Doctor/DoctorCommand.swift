import ArgumentParser
import CurlHTTP
import Diagnosis
import Evidence
import FoundationEssentials
import Gathering
import PipelineModel

struct DoctorCommand: ExecutableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Finds the root cause in live clusters.",
        discussion: """
            Reads the cluster of the kubeconfig's context (GET requests only), probes the \
            addresses that it finds there, and names causes before symptoms. The probe of a \
            remote-write address is an empty POST: it leaves one line in the receiver's log \
            and one 400 in its metrics; --no-handshake leaves it out.

            Examples:
              thanosctl doctor --context central
              thanosctl doctor --context central --context edge-02
              thanosctl doctor --context central -k overlays/central
              thanosctl doctor --endpoint http://192.0.2.10:19291
              thanosctl doctor --context central --prometheus http://192.0.2.10:9090
            """)

    @OptionGroup var cluster: ClusterOptions
    @OptionGroup var probing: ProbeOptions

    @Option(name: [.short, .customLong("filename")], help: "Manifests to compare. Repeatable.")
    var filename: [String] = []

    @Option(name: [.short, .customLong("kustomize")], help: "A kustomization to compare.")
    var kustomize: [String] = []

    @OptionGroup var time: TimeOptions
    @OptionGroup var selection: SelectionOptions
    @OptionGroup var plugins: PluginOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var config: ConfigOptions

    func execute(on console: Console) async throws -> ExitStatus {
        let settings = try config.settings()
        return try await completed(with: settings).run(roles: settings.roles, on: console)
    }

    private func run(
        roles: [String: Settings.Role], on console: Console
    ) async throws -> ExitStatus {
        let started = Date()
        let clock = ContinuousClock.now
        let known = try plugins.load()
        let checks = try selection.checks(of: known.entries)
        try output.verify()
        let limit = try time.limit()
        let plan = GatheringPlan(checks.flatMap(\.needs))
        let allowed = try probing.probing(for: plan, within: limit)
        var gathered = Gathered()
        if !filename.isEmpty || !kustomize.isEmpty {
            gathered = try await ManifestSources(filename, kustomizations: kustomize).gather()
        }
        if cluster.isAsked || probing.endpoint.isEmpty {
            gathered =
                gathered
                + (try await cluster.gather(
                    plan: plan, probing: allowed, deadline: clock + limit, on: console))
        } else if !probing.metrics.isEmpty {
            throw UsageError("--metrics needs the cluster of its pods; name it with --context")
        }
        if !probing.endpoint.isEmpty {
            gathered =
                gathered
                + (await EndpointGatherer(urls: probing.endpoint, probes: allowed.probes).gather())
        }
        if let query = probing.query {
            await QueryEvidence(gathered.views).fill(
                &gathered, from: query, transport: CurlClient(), policy: allowed.policy)
        }
        try requireSomethingToJudge(gathered)
        let snapshot = await known.answering(
            Snapshot(
                views: gathered.views, gaps: gathered.gaps,
                checkouts: CheckoutGatherer(paths: filename + kustomize)
                    .gather(for: gathered.views),
                now: started.timeIntervalSince1970),
            for: checks)
        let conclusion = await Conclusion.judging(snapshot, with: checks, causes: known.causes)
        return try ReportedRun(
            command: "doctor", conclusion: conclusion, views: gathered.views, started: started,
            clock: clock, roles: roles
        ).end(output, on: console)
    }

    private func requireSomethingToJudge(_ gathered: Gathered) throws {
        let isSeen = gathered.views.contains { view in
            view.source == .endpoints || !view.pipeline.receivers.isEmpty
                || !view.pipeline.agents.isEmpty
        }
        guard !isSeen, gathered.gaps.isEmpty else { return }
        let names = gathered.views.map(\.name).joined(separator: ", ")
        throw UsageError(
            "no thanos receive and no Prometheus agent in \(names); "
                + "is it the right context, and the right namespace?")
    }
}
