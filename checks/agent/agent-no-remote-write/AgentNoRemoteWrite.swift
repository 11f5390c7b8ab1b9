import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import MetricsText
import PipelineModel

extension Check {
    static let agentNoRemoteWrite = Check(
        "agent-no-remote-write",
        severity: .error,
        summary: "An agent runs and writes to nobody",
        why: """
            A Prometheus in agent mode without remote_write, or with an empty URL, starts and \
            reports that it is ready. It scrapes, cuts its WAL, and logs nothing: only the \
            missing series tell.
            """,
        fix: """
            Add remote_write with the receivers' URL to the configuration that the agent mounts. \
            A list is replaced as a whole by a kustomize patch. Let the agent read it with \
            --web.enable-lifecycle and a POST to /-/reload rather than with a restart.
            """,
        needs: .agents,
        .ifConfigured(.agentMetrics(family, AgentNoRemoteWrite.active)), .view,
        references: [
            "https://prometheus.io/docs/prometheus/latest/prometheus_agent/",
            "https://prometheus.io/docs/prometheus/latest/configuration/configuration/",
        ],
        examples: agentNoRemoteWriteExamples
    ) { agents, metrics, view in
        agents.filter { $0.isPrometheus && !view.hasVariants(of: $0) }.compactMap { agent in
            let pods = metrics?.of(agent.reference)?.pods ?? []
            return unwritten(agent, view) ?? unheard(agent, pods, view)
        }
    }
}

/// One series for each queue, from the start on.
private let family = "prometheus_remote_storage_samples_total"

private enum AgentNoRemoteWrite {
    /// Shows that the page is that of an agent.
    static let active = "prometheus_agent_active_series"
}

/// The configuration names no address.
private func unwritten(_ agent: Agent, _ view: ClusterView) -> Finding? {
    guard agent.workload != nil || agent.resource != nil,
        let root = agent.configuration?.node ?? agent.resource?.spec,
        agent.remoteWrites.allSatisfy({ $0.url.value.isEmpty })
    else { return nil }
    let isResource = agent.configuration == nil
    let key = isResource ? "remoteWrite" : "remote_write"
    let empty = agent.remoteWrites.first?.url.range
    let isCertain = view.isDefinitive(for: agent)
    return Finding(
        empty == nil
            ? "the agent has no \(key): what it scrapes is sent to nobody"
            : "the URL of \(key) is empty: what the agent scrapes is sent to nobody",
        object: agent.reference,
        at: empty ?? root.key(key)?.range ?? root.entries.first?.key.range ?? root.range,
        label: empty == nil ? "no \(key) in here" : "no address",
        severity: isCertain ? nil : .warning, confidence: isCertain ? .certain : .likely,
        evidence: [
            EvidenceItem(
                view.objectSource, "\(key) names no URL", command: agent.command(in: view))
        ],
        repair: Repair(text: "add \(key) with url: http://HOST:19291/api/v1/receive"),
        about: agent.pods.map(\.reference))
}

/// It runs without a single queue, whatever its configuration says now.
private func unheard(_ agent: Agent, _ pods: [ScrapedPod], _ view: ClusterView) -> Finding? {
    let silent = pods.filter { pod in
        pod.page.defect == nil && pod.sum(AgentNoRemoteWrite.active) != nil
            && pod.sum(family) == nil
    }
    guard let first = silent.first else { return nil }
    let isStale = !agent.remoteWrites.isEmpty
    return Finding(
        isStale
            ? "\(counted(silent.count, "pod")) of the agent runs without the remote_write of its "
                + "configuration"
            : "\(counted(silent.count, "pod")) of the agent runs without remote_write",
        object: agent.reference, at: agent.range(writingTo: nil),
        label: isStale ? "not in use" : "",
        evidence: silent.prefix(4).map { pod in
            EvidenceItem(
                "cluster", "pod \(pod.pod.name) has no \(family)",
                command: agent.metricsCommand(first.pod, "prometheus_remote_storage", in: view))
        },
        repair: Repair(
            text: isStale
                ? "let the agent read its configuration again: POST /-/reload"
                : "add remote_write with url: http://HOST:19291/api/v1/receive"),
        about: agent.pods.map(\.reference))
}
