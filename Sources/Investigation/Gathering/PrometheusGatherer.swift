package import CurlHTTP
import Evidence
import KubernetesModel
import MetricsText
package import NetworkProbes
import PipelineModel

/// Fills in what a Prometheus or Thanos Query remembers of the pods' metrics: how their counters
/// grew over an hour, and the pages of the pods that the API server does not let through.
package struct PrometheusGatherer: Sendable {
    let url: String
    let transport: any HTTPTransport
    let policy: ProbePolicy
    let plan: GatheringPlan
    /// Over how many seconds rates are taken.
    let window: Int
    /// For all questions together.
    let limit: Duration

    /// Whatever did not happen within so many seconds is over.
    package static let present = 300
    /// Pods in one query, so that its URL stays short.
    private static let podsAtOnce = 25
    private static let width = 4

    package init(
        url: String, transport: any HTTPTransport, policy: ProbePolicy, plan: GatheringPlan,
        window: Int, limit: Duration
    ) {
        self.url = url.hasSuffix("/") ? String(url.dropLast()) : url
        self.transport = transport
        self.policy = policy
        self.plan = plan
        self.window = window
        self.limit = limit
    }

    func fill(_ gathered: inout Gathered) async {
        guard plan.sources.contains(.metrics) else { return }
        let wanted = WantedPod.all(in: gathered)
        let pods = Dictionary(grouping: wanted, by: \.item.pod)
            .sorted {
                ($0.key.namespace ?? "", $0.key.name) < ($1.key.namespace ?? "", $1.key.name)
            }
            .map(\.value)
        let chunks = stride(from: 0, to: pods.count, by: Self.podsAtOnce).map { start in
            Array(pods[start..<min(start + Self.podsAtOnce, pods.count)].joined())
        }
        let memory = await memories(of: chunks)
        PrometheusRecall(url: url.withoutCredentials, memory: memory).write(
            into: &gathered, wanted: wanted)
    }

    /// The first question that fails ends it: the rest would fail as well, and take time.
    private func memories(of chunks: [[WantedPod]]) async -> PrometheusMemory {
        let client = PrometheusClient(
            url: url, transport: transport, policy: policy, deadline: .now + limit)
        return await withTaskGroup(of: PrometheusMemory.self) { group in
            var waiting = chunks.makeIterator()
            for _ in 0..<Self.width {
                guard let chunk = waiting.next() else { break }
                group.addTask { await memory(of: chunk, client) }
            }
            var whole = PrometheusMemory()
            for await part in group {
                whole.merge(part)
                if whole.problem == nil, let next = waiting.next() {
                    group.addTask { await memory(of: next, client) }
                }
            }
            return whole
        }
    }

    private func memory(of pods: [WantedPod], _ client: PrometheusClient) async -> PrometheusMemory
    {
        var memory = PrometheusMemory()
        do throws(PrometheusProblem) {
            let up = try await client.answer(to: PrometheusQuestions(pods).targets)
            memory.warnings.formUnion(up.warnings)
            let targets = TargetChoice(of: pods, among: PrometheusTargets(up.series))
            memory.obstacles = targets.obstacles
            try await readPages(targets.found.filter { !$0.key.hasPage }, client, &memory)
            try await readSpans(targets.found, client, &memory)
        } catch {
            memory.problem = error
        }
        return memory
    }

    private typealias Targets = [WantedPod: [String: String]]

    private func readPages(
        _ targets: Targets, _ client: PrometheusClient, _ memory: inout PrometheusMemory
    ) async throws(PrometheusProblem) {
        guard !targets.isEmpty else { return }
        let questions = PrometheusQuestions(targets.keys)
        let now = try await client.answer(to: questions.values(of: plan.families))
        let before = try await client.answer(
            to: questions.values(of: plan.families, ago: Self.present))
        memory.warnings.formUnion(now.warnings + before.warnings)
        let (later, earlier) = (RememberedPages(now), RememberedPages(before))
        for (pod, target) in targets {
            let page = later.page(of: target)
            if page.isEmpty {
                memory.obstacles[pod] = "has none of the metrics there"
            } else {
                // What it did not know then has not begun since.
                let before = earlier.page(of: target)
                memory.pages[pod] = PrometheusMemory.Pages(
                    earlier: before.isEmpty ? nil : before, now: page)
            }
        }
    }

    private func readSpans(
        _ targets: Targets, _ client: PrometheusClient, _ memory: inout PrometheusMemory
    ) async throws(PrometheusProblem) {
        guard !targets.isEmpty, !plan.rateFamilies.isEmpty else { return }
        let questions = PrometheusQuestions(targets.keys)
        // All spans or none: a long one alone would take what is over for what goes on.
        var spans: [WantedPod: [CounterHistory.Span]] = [:]
        for seconds in Set([window, Self.present]).sorted(by: >) {
            let answer = try await client.answer(
                to: questions.increases(of: plan.rateFamilies, within: seconds))
            memory.warnings.formUnion(answer.warnings)
            let pages = RememberedPages(answer)
            for (pod, target) in targets {
                spans[pod, default: []].append(
                    CounterHistory.Span(seconds: seconds, increases: pages.page(of: target)))
            }
        }
        memory.spans = spans
    }
}
