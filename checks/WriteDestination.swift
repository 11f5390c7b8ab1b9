import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel

/// The receivers to which an address of an agent leads, in its own cluster or in another.
struct WriteDestination {
    let service: ServiceObject
    let receivers: [ReceiverGroup]
    /// Where they are.
    let view: ClusterView

    /// Nil when the address is nobody's, or not that of a Service in front of receivers.
    init?(of endpoint: EndpointAddress, from view: ClusterView, among views: [ClusterView]) {
        let elsewhere = views.filter { $0.name != view.name }
        let here = view.pipeline.service(at: endpoint).map { ($0, view) }
        let found =
            here
            ?? elsewhere.lazy.compactMap { other in
                other.pipeline.services.first { service in
                    // A name of the cluster's own DNS means nothing in another cluster.
                    let known = service.externalAddresses + service.requestedAddresses.map(\.value)
                    return known.contains(endpoint.host)
                }.map { ($0, other) }
            }.first
        guard let (service, place) = found else { return nil }
        let receivers = place.pipeline.receivers(behind: service.reference)
        guard !receivers.isEmpty else { return nil }
        self.service = service
        self.receivers = receivers
        self.view = place
    }

    /// The port of the Service that an address names.
    func port(of endpoint: EndpointAddress) -> ServiceObject.Port? {
        service.ports.first { $0.number == endpoint.port }
    }
}
