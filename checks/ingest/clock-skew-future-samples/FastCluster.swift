import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel

/// A cluster of agents whose clock is ahead of that of the receivers' cluster.
struct FastCluster {
    private let cluster: ClusterView
    private let agent: Agent
    private let ahead: Double
    private let uncertainty: Double

    /// Seconds of the recommended --tsdb.too-far-in-future.time-window.
    private static let tolerated = 300.0

    /// Those that are too far ahead for certain, whatever the way of the dates added.
    static func all(in clocks: [SeenClock], besides central: ClusterView) -> [FastCluster] {
        guard let own = clocks.first(where: { $0.view.name == central.name }) else { return [] }
        return clocks.compactMap { clock in
            let view = clock.view
            let ahead = clock.offset.ahead - own.offset.ahead
            let uncertainty = clock.offset.uncertainty + own.offset.uncertainty
            guard view.name != central.name, view.pipeline.receivers.isEmpty,
                let agent = view.pipeline.agents.first(where: { !$0.remoteWrites.isEmpty }),
                ahead - uncertainty > tolerated
            else { return nil }
            return FastCluster(
                cluster: view, agent: agent, ahead: ahead, uncertainty: uncertainty)
        }
    }

    /// The API server's clock need not be that of the agents' nodes: no more than likely.
    func finding(_ receivers: [ReceiverGroup], _ central: ClusterView) -> Finding {
        Finding(
            "the clock of cluster \(cluster.name) is \(spoken(seconds: ahead)) ahead of that of "
                + "\(central.name), where its samples go",
            object: ObjectReference(kind: "Cluster", name: cluster.name),
            at: agent.remoteWrites.first?.url.range, label: "samples from the future",
            severity: .warning, confidence: .likely,
            evidence: [cluster, central].map { view in
                EvidenceItem(
                    view.objectSource,
                    "the Date of \(view.name)'s API server, compared within "
                        + "\(spoken(seconds: max(uncertainty, 1)))",
                    command: view.kubectl("get --raw /version -v=8 2>&1 | grep ' Date:'"))
            },
            repair: Repair(
                text: "set the clocks of the nodes of \(cluster.name): chronyc tracking, "
                    + "timedatectl; see which of the two clusters is right"),
            about: receivers.map(\.reference) + receivers.flatMap(\.services).map(\.reference))
    }
}
