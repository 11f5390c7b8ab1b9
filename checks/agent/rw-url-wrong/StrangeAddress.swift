import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel

/// An address of remote write that no cluster of the run has, though the receivers are in one.
struct StrangeAddress {
    private let target: RemoteWriteTarget
    private let endpoint: EndpointAddress
    /// The cluster of the receivers.
    private let central: ClusterView

    // --service-node-port-range of the API server.
    private static let nodePorts = 30_000...32_767

    /// Nil for a name, which may stand for any address, and where not all Services are known.
    init?(_ target: RemoteWriteTarget, from view: ClusterView, among views: [ClusterView]) {
        guard view.isCluster, view.pipeline.receivers.isEmpty, let endpoint = target.endpoint,
            endpoint.host.contains(":") || endpoint.host.allSatisfy({ $0.isNumber || $0 == "." }),
            !Self.nodePorts.contains(endpoint.port)
        else { return nil }
        let clusters = views.filter(\.isCluster)
        let central = clusters.filter { !$0.pipeline.receivers.isEmpty }
        guard central.count == 1, let first = central.first,
            clusters.allSatisfy({ other in
                other.missingKinds["Service"] == nil
                    && other.pipeline.service(
                        at: endpoint, isInside: other.name == view.name
                    ) == nil
            })
        else { return nil }
        self.target = target
        self.endpoint = endpoint
        self.central = first
    }

    /// A load balancer of the network may stand there, so that this is no more than news.
    func finding(of agent: Agent, _ view: ClusterView) -> Finding {
        Finding(
            "remote write goes to \(endpoint.host), which is no address of the receivers' cluster "
                + "\(central.name)",
            object: agent.reference, at: target.url.range, label: "nobody's address here",
            severity: .info, confidence: .possible,
            evidence: [
                EvidenceItem(
                    view.objectSource, "\(agent.reference) writes to \(endpoint)",
                    command: agent.command(in: view)),
                EvidenceItem(
                    central.objectSource,
                    "no Service of \(central.name) has the address \(endpoint.host)",
                    command: central.kubectl("get services -A -o wide")),
            ],
            repair: Repair(
                text: "write to the receivers' Service or Ingress, unless a load balancer of the "
                    + "network stands at \(endpoint.host)"),
            about: agent.pods.map(\.reference))
    }
}
