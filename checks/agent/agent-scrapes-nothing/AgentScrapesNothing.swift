import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel

extension Check {
    static let agentScrapesNothing = Check(
        "agent-scrapes-nothing",
        severity: .warning,
        stage: .postRollout,
        summary: "An agent finds no targets, or drops every sample before it is sent",
        why: """
            An agent without targets is ready and healthy, and so is its queue: there is nothing \
            to send. A missing ClusterRole, a keep rule that fits nothing, or a clean-up that \
            took the exporters away look alike from the receivers' side.
            """,
        fix: """
            Let its ServiceAccount list and watch nodes, Services, Endpoints and pods. Look at the \
            keep and drop rules of the jobs, and at write_relabel_configs, one after the other.
            """,
        needs: .agents,
        .ifConfigured(
            .agentRates(
                ScrapeMetrics.discovered, ScrapeMetrics.kept, ScrapeMetrics.dropped,
                ScrapeMetrics.sent)),
        .ifConfigured(.agentLogs), .view, .now,
        references: [
            "https://prometheus.io/docs/prometheus/latest/configuration/configuration/",
            "https://kubernetes.io/docs/reference/access-authn-authz/rbac/",
        ],
        examples: agentScrapesNothingExamples
    ) { agents, rates, running, view, now in
        agents.filter { $0.isPrometheus && !$0.remoteWrites.isEmpty }.compactMap { agent in
            let pods = rates?.of(agent.reference)?.pods ?? []
            let logs = running?.of(agent.reference)?.logs ?? []
            return forbidden(logs, agent, view, now: now) ?? idle(pods, agent, view)
                ?? jobless(agent, view)
        }
    }
}

private enum ScrapeMetrics {
    static let discovered = "prometheus_sd_discovered_targets"
    static let kept = "prometheus_target_scrape_pool_targets"
    static let dropped = "prometheus_remote_storage_samples_dropped_total"
    static let sent = "prometheus_remote_storage_samples_total"
}

/// The API server does not let it look for targets.
private func forbidden(
    _ logs: [ContainerLog], _ agent: Agent, _ view: ClusterView, now: Double
) -> Finding? {
    for log in logs.current {
        let line = log.lines.last {
            $0.contains("is forbidden: User") && $0.contains("cannot list resource")
        }
        guard let line else { continue }
        let record = LogRecord(line)
        // Watches are tried again with pauses of a minute at most.
        guard let time = record.time, (-60...300).contains(now - time) else { continue }
        let text = record.error ?? record.message
        guard let start = text.firstRange(of: "User")?.lowerBound else { continue }
        let denied = text[start...].prefix(200)
        return Finding(
            "the agent may not look for its targets: \(denied)",
            object: agent.reference, at: agent.range, label: "runs without the rights",
            evidence: [
                log.evidence(denied, in: view)
            ],
            repair: Repair(
                text: "bind its ServiceAccount to a ClusterRole with get, list and watch on what "
                    + "it asks for"),
            about: agent.pods.map(\.reference))
    }
    return nil
}

/// Its metrics show that nothing comes in, or that nothing goes out.
private func idle(_ pods: [ScrapedPod], _ agent: Agent, _ view: ClusterView) -> Finding? {
    let found = pods.compactMap { pod in idleness(pod).map { (pod.pod, $0) } }
    // Where pods share the targets, or each has those of its node, some may have none.
    let mayBeIdle = agent.dividesTargets || agent.workload?.object.kind == "DaemonSet"
    guard let (pod, what) = found.first(where: { agent.isReady($0.0) }),
        !mayBeIdle || found.count == pods.count
    else { return nil }
    return Finding(
        "pod \(pod.name) of the agent \(what)", object: agent.reference,
        at: agent.configuration?.node.key("scrape_configs")?.range ?? agent.range,
        evidence: [
            EvidenceItem(
                "cluster", "pod \(pod.name) \(what)",
                command: agent.metricsCommand(pod, "targets|samples_", in: view))
        ],
        repair: Repair(text: "look at its rights, its keep rules and what it is to scrape"),
        about: agent.pods.map(\.reference))
}

private func idleness(_ pod: ScrapedPod) -> String? {
    if pod.sum(ScrapeMetrics.discovered, where: ["name": "scrape"]) == 0 {
        return "has discovered no target"
    }
    if pod.sum(ScrapeMetrics.kept) == 0 { return "keeps none of the targets that it discovers" }
    if let dropped = pod.rate(ScrapeMetrics.dropped), dropped > 0,
        pod.rate(ScrapeMetrics.sent) == 0
    {
        return "drops every sample before it is sent"
    }
    return nil
}

/// A configuration that scrapes nothing, of an agent that nobody writes to either.
private func jobless(_ agent: Agent, _ view: ClusterView) -> Finding? {
    guard agent.workload != nil, let root = agent.configuration?.node, !view.hasVariants(of: agent),
        root["scrape_configs"].items.isEmpty, root["scrape_config_files"].items.isEmpty,
        root["otlp"] == nil, !agent.receivesWrites
    else { return nil }
    return Finding(
        "the agent's configuration has no scrape_configs", object: agent.reference,
        at: (root.key("scrape_configs") ?? root.entries.first?.key ?? root).range,
        label: "nothing is scraped", confidence: .likely,
        evidence: [
            EvidenceItem(
                view.objectSource, "scrape_configs is absent or empty",
                command: agent.command(in: view))
        ],
        repair: Repair(text: "add scrape_configs, or take the agent away"),
        about: agent.pods.map(\.reference))
}

extension Agent {
    fileprivate func isReady(_ pod: ObjectReference) -> Bool {
        pods.contains { $0.reference == pod && $0.isReady }
    }

    /// Whether others write to it.
    fileprivate var receivesWrites: Bool {
        flags.contains { $0.name.hasPrefix("web.enable-") && $0.name.hasSuffix("-receiver") }
            || hasFeature("remote-write-receiver") || hasFeature("otlp-write-receiver")
    }
}
