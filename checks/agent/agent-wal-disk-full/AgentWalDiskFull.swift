import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel

extension Check {
    static let agentWalDiskFull = Check(
        "agent-wal-disk-full",
        severity: .error,
        stage: .postRollout,
        summary: "The volume of an agent's WAL is full, or the agent may not write to it",
        why: """
            While the receivers take no writes an agent keeps what it scrapes in its WAL, two to \
            four hours of it. When the volume has no room left, or belongs to another user, \
            nothing more is scraped, and the gap stays.
            """,
        fix: """
            Give the agent a volume for the longest outage that is to be survived, up to \
            --storage.agent.retention.max-time, and fsGroup 65534, the group of Prometheus' image. \
            Mend the endpoint first when the queue is what fills it.
            """,
        needs: .agents, .ifConfigured(.agentLogs), .view, .now,
        references: [
            "https://prometheus.io/docs/prometheus/latest/prometheus_agent/",
            "https://github.com/prometheus/prometheus/issues/10750",
        ],
        examples: agentWalDiskFullExamples
    ) { agents, running, view, now in
        agents.filter { $0.isPrometheus && $0.workload != nil }.compactMap { agent in
            let own = running?.of(agent.reference)
            let errors = own.map { WALError.newest(in: $0, now: now) } ?? []
            return failing(errors, agent, view) ?? evicted(agent, view) ?? unowned(agent, view)
        }
    }
}

private func failing(_ errors: [WALError], _ agent: Agent, _ view: ClusterView) -> Finding? {
    guard let error = errors.first(where: \.isCurrent) ?? errors.first else { return nil }
    let fault =
        error.isPermission
        ? "the agent may not write to its volume" : "the volume of the agent's WAL is full"
    return Finding(
        "\(fault)\(error.when): \(error.text)",
        object: agent.reference, at: agent.walMount?.path.range ?? agent.range,
        label: error.isPermission ? "belongs to another user" : "no room left",
        severity: error.isCurrent ? nil : .warning,
        confidence: error.isCurrent ? .certain : .likely,
        evidence: errors.prefix(4).map { error in
            error.log.evidence(error.text, in: view)
        },
        repair: Repair(
            text: error.isPermission
                ? "set fsGroup in the pod's securityContext to the group of the process, 65534 in "
                    + "Prometheus' image"
                : "mend the endpoint so that the queue drains, and enlarge the volume"),
        about: agent.pods.map(\.reference))
}

/// A pod that the node put out for the room that it took.
private func evicted(_ agent: Agent, _ view: ClusterView) -> Finding? {
    let found = agent.pods.lazy.compactMap { pod -> (Pod, String)? in
        guard pod.object.status?["reason"]?.string == "Evicted",
            let stated = pod.object.status?["message"]?.string,
            case let message = stated.hasSuffix(".") ? String(stated.dropLast()) : stated,
            ["ephemeral", "emptydir"].contains(where: message.lowercased().contains)
        else { return nil }
        return (pod, message)
    }.first
    guard let (pod, message) = found else { return nil }
    return Finding(
        "pod \(pod.name) of the agent was evicted with its WAL: \(message)",
        object: agent.reference, at: agent.walMount?.path.range ?? agent.range,
        label: "the room that it took", severity: .warning, confidence: .likely,
        evidence: [
            EvidenceItem(
                "cluster", message,
                command: view.kubectl("describe pod \(pod.name)", namespace: pod.namespace))
        ],
        repair: Repair(text: "give the WAL a volume of its own, for the longest outage"),
        about: agent.pods.map(\.reference))
}

/// A volume that belongs to root, and a process that does not.
private func unowned(_ agent: Agent, _ view: ClusterView) -> Finding? {
    guard let workload = agent.workload, let mount = agent.walMount, agent.container?.image != nil,
        workload.isPersistent(volume: mount.volume), !agent.mayWriteToNewVolumes,
        !agent.pods.contains(where: \.isReady), !view.hasVariants(of: agent)
    else { return nil }
    let spec = workload.podSpec
    let lines = ["fsGroup: 65534", "runAsUser: 65534"]
    let edit: TextEdit? =
        if let context = spec?.securityContext {
            .inserting(["fsGroup: 65534"], atTopOf: context)
        } else {
            spec.flatMap {
                .inserting(["securityContext:"] + lines.map { "  \($0)" }, atTopOf: $0.node)
            }
        }
    return Finding(
        "the agent's pod has no fsGroup, and its WAL lies on the volume \"\(mount.volume)\"",
        object: agent.reference, at: mount.path.range, label: "a new volume belongs to root",
        severity: .warning, confidence: .likely,
        evidence: [
            EvidenceItem(
                view.objectSource, "spec.template.spec.securityContext has no fsGroup",
                command: agent.command(in: view))
        ],
        repair: Repair(edits: [edit], text: "set fsGroup: 65534 in the pod's securityContext"),
        about: agent.pods.map(\.reference))
}
