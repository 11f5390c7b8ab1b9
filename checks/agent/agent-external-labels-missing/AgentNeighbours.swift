import Evidence
import PipelineModel

/// The agents of a run that may stand for another cluster than this one: those of the clusters
/// beside it, and configuration files beside a configuration file.
struct AgentNeighbours {
    private let elsewhere: [AgentIdentity]
    private let files: [AgentIdentity]
    /// Hundreds of agents are compared only with those that send the same labels.
    private let bySentLabels: [[String: LabelValue]: [AgentIdentity]]

    init(of view: ClusterView, among views: [ClusterView]) {
        elsewhere = views.filter { $0.name != view.name && $0.isCluster == view.isCluster }
            .flatMap { other in other.pipeline.agents.compactMap { AgentIdentity($0, in: other) } }
        files = view.pipeline.agents.filter(\.isFile).compactMap { AgentIdentity($0, in: view) }
        bySentLabels = Dictionary(grouping: elsewhere + files, by: \.sent)
    }

    /// One whose series are the same series to the receivers.
    func twin(of identity: AgentIdentity) -> AgentIdentity? {
        bySentLabels[identity.sent]?.first {
            isOther($0, than: identity) && identity.collides(with: $0)
        }
    }

    /// One that writes to the same receivers as the same tenant.
    func firstWithSameEndpoint(as identity: AgentIdentity) -> AgentIdentity? {
        (elsewhere + files).first {
            isOther($0, than: identity) && identity.sharedEndpoint(with: $0) != nil
        }
    }

    private func isOther(_ neighbour: AgentIdentity, than identity: AgentIdentity) -> Bool {
        guard neighbour.view.name == identity.view.name else { return true }
        return identity.agent.isFile && neighbour.agent.reference != identity.agent.reference
    }
}
