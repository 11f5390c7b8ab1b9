import Evidence
import KubernetesModel
import PipelineModel

/// An agent that writes to the address of an Ingress whose rules all name a host.
struct BypassedRules {
    let agent: Agent
    let target: RemoteWriteTarget
    let view: ClusterView
    let hosts: [String]

    /// The agents of a run that an Ingress answers with 404.
    ///
    /// Ingresses share addresses: one rule without a host, of whatever Ingress, takes the request.
    static func all(
        of ingress: IngressObject, among ingresses: [IngressObject], _ views: [ClusterView]
    ) -> [BypassedRules] {
        let sharing = ingresses.filter { !Set($0.addresses).isDisjoint(with: ingress.addresses) }
        let isTaken = sharing.contains { other in
            other.routes.contains { $0.host == nil }
        }
        guard !isTaken, !ingress.hosts.isEmpty else { return [] }
        return views.flatMap { view in
            view.pipeline.agents.flatMap { agent in
                agent.remoteWrites.filter { target in
                    // On other ports another Service may share the address.
                    guard let endpoint = target.endpoint else { return false }
                    return [80, 443].contains(endpoint.port)
                        && ingress.addresses.contains(endpoint.host)
                }.map {
                    BypassedRules(agent: agent, target: $0, view: view, hosts: ingress.hosts)
                }
            }
        }
    }
}
