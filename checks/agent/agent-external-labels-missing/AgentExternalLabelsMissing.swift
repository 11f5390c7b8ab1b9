import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel

extension Check {
    static let agentExternalLabelsMissing = Check(
        "agent-external-labels-missing",
        severity: .error,
        summary: "The series of an agent do not differ from those of another",
        why: """
            Every cluster has an instance 10.96.0.1:443 of the job kubernetes-apiservers. Without \
            labels of their own, series of two clusters or two replicas are one series to the \
            receivers: they refuse one half as out of order and mix the other.
            """,
        fix: """
            Give each cluster a label of its own in global.external_labels, and each replica one \
            with its pod's name, such as ${POD_NAME}. Prometheus 2 fills that in only with \
            --enable-feature=expand-external-labels. Then count by (cluster) (up) in Query.
            """,
        needs: .agents, .allViews, .view,
        references: [
            "https://prometheus.io/docs/prometheus/latest/configuration/configuration/",
            "https://github.com/thanos-io/thanos/issues/1509",
        ],
        examples: agentExternalLabelsMissingExamples
    ) { agents, views, view in
        let neighbours = AgentNeighbours(of: view, among: views)
        return agents.filter { !view.hasVariants(of: $0) }
            .compactMap { AgentIdentity($0, in: view) }
            .flatMap { identity in
                [
                    neighbours.twin(of: identity).map { alike(identity, $0, view) }
                        ?? unnamed(identity, neighbours, view),
                    sharedByReplicas(identity.agent, view),
                ].compactMap(\.self)
            }
    }
}

private func evidence(_ what: String, of agent: Agent, _ view: ClusterView) -> EvidenceItem {
    EvidenceItem(view.objectSource, what, command: agent.command(in: view))
}

private let repair = Repair(
    text: "under global, write external_labels: {cluster: NAME} with a name of this cluster alone, "
        + "and reload the agent")

/// The same labels as an agent of another cluster that writes to the same receivers.
private func alike(_ identity: AgentIdentity, _ twin: AgentIdentity, _ view: ClusterView) -> Finding
{
    let agent = identity.agent
    let other = twin.agent
    let endpoint = identity.sharedEndpoint(with: twin).map { "\($0.host):\($0.port)" } ?? ""
    let labels =
        identity.chosen.isEmpty
        ? "no external labels of its own" : "the labels \(agent.shownLabels)"
    let isFile = agent.workload == nil && agent.resource == nil
    let place = twin.view.isCluster ? " in \(twin.view.name)" : ""
    let elsewhere = other.range.map { [Place($0, "the same labels here")] } ?? []
    return Finding(
        "the agent has \(labels), and so has \(other.reference)\(place), which writes to "
            + "\(endpoint) too",
        object: agent.reference, at: agent.externalLabels?.range, label: "not unique",
        severity: isFile ? .warning : nil, confidence: isFile ? .likely : .certain,
        alsoAt: elsewhere,
        evidence: [
            evidence("\(agent.reference) sends with \(labels)", of: agent, view),
            evidence("\(other.reference)\(place) sends with the same", of: other, twin.view),
        ],
        repair: repair, about: agent.pods.map(\.reference))
}

/// No label that tells one cluster from the next.
private func unnamed(
    _ identity: AgentIdentity, _ neighbours: AgentNeighbours, _ view: ClusterView
) -> Finding? {
    guard identity.chosen.isEmpty else { return nil }
    let agent = identity.agent
    let neighbour = neighbours.firstWithSameEndpoint(as: identity)
    let isFile = agent.workload == nil && agent.resource == nil
    let isCertain = neighbour != nil && !isFile
    let beyond = agent.resource == nil ? "" : " beyond those that the operator adds"
    let consequence =
        neighbour.map { "\($0.agent.reference) writes to the same receivers" }
        ?? "the first other cluster that writes to these receivers mixes with it"
    return Finding(
        "the agent has no external labels\(beyond); \(consequence)",
        object: agent.reference, at: agent.externalLabels?.range, label: "no external_labels",
        severity: isCertain ? nil : .warning, confidence: isCertain ? .certain : .likely,
        evidence: [evidence("no external label names the cluster", of: agent, view)],
        repair: repair, about: agent.pods.map(\.reference))
}

/// Several replicas scrape the same and send it under the same labels.
private func sharedByReplicas(_ agent: Agent, _ view: ClusterView) -> Finding? {
    let owner = agent.workload?.object ?? agent.resource
    guard let owner, owner.kind != "DaemonSet", owner.spec?["mode"]?.string != "DaemonSet",
        agent.replicas > 1, !agent.dividesTargets, let labels = agent.sentLabels,
        labels.values.allSatisfy({ if case .fixed = $0 { true } else { false } })
    else { return nil }
    let literal = agent.externalLabels?.written.first { $0.value.value.contains("$") }
    let reason =
        literal.map { "\($0.key) is sent as it is written, \($0.value.value)" }
        ?? "no label holds the pod's name"
    return Finding(
        "\(agent.replicas) replicas send the same series under the same labels: \(reason)",
        object: agent.reference,
        at: literal?.value.range ?? owner.spec?["replicas"]?.range ?? owner.range,
        label: literal == nil ? "each scrapes and sends everything" : "not filled in",
        evidence: [evidence("replicas: \(agent.replicas), \(reason)", of: agent, view)],
        repair: Repair(
            text: (literal == nil
                ? "add replica: ${POD_NAME} to the external labels, with POD_NAME from the field "
                    + "metadata.name"
                    + (agent.expandsLabels == true
                        ? "" : " and --enable-feature=expand-external-labels")
                : "add --enable-feature=expand-external-labels")
                + "; Query then needs --query.replica-label=replica, and the restart costs what is "
                + "queued"),
        about: agent.pods.map(\.reference))
}

extension Agent {
    /// The external labels as they are written.
    fileprivate var shownLabels: String {
        let labels = externalLabels?.written ?? [:]
        return labels.keys.sorted().map { "\($0)=\(labels[$0]?.value ?? "")" }
            .joined(separator: ", ")
    }
}
