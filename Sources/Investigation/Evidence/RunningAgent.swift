package import KubernetesModel
package import PipelineModel

/// An agent with what its pods wrote.
package struct RunningAgent: Sendable {
    package let agent: Agent
    fileprivate let podLogs: PodLogs

    package var pods: [Pod] { agent.pods }
    package var logs: [ContainerLog] { pods.flatMap(podLogs.of) }

    /// The logs of one pod, the previous run first.
    package func logs(of pod: Pod) -> [ContainerLog] { podLogs.of(pod) }
}

extension EvidenceKey where Value == ByOwner<RunningAgent> {
    /// Agents with their pods' status.
    package static var agentPods: EvidenceKey<ByOwner<RunningAgent>> {
        EvidenceKey("agent-pods", resources: EvidenceKey<[Agent]>.agents.resources + [.pods]) {
            _, view in view.runningAgents(withLogs: false)
        }
    }

    /// Agents with their pods' status and the tails of their logs.
    package static var agentLogs: EvidenceKey<ByOwner<RunningAgent>> {
        EvidenceKey(
            "agent-logs", resources: EvidenceKey<[Agent]>.agents.resources + [.pods],
            sources: [.agentLogs]
        ) { _, view in view.runningAgents(withLogs: true) }
    }
}

extension ClusterView {
    fileprivate func runningAgents(withLogs: Bool) -> Reading<ByOwner<RunningAgent>> {
        guard isCluster else {
            return .missing(
                .notConfigured("cluster", needs: withLogs ? "a cluster's logs" : "a cluster"))
        }
        for kind in ["Pod", "StatefulSet"] {
            if let missing = missingKinds[kind] { return .missing(missing) }
        }
        let agents = pipeline.agents.filter { $0.workload != nil }
        guard !agents.isEmpty else {
            return .missing(.notApplicable("no Prometheus agent runs here"))
        }
        let podLogs = withLogs ? podLogs : .unread
        let running = agents.map { RunningAgent(agent: $0, podLogs: podLogs) }
        return .known(ByOwner(running), gaps: withLogs ? missingAgentLogs : [])
    }
}
