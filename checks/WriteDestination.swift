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
        let others = views.filter { $0.name != view.name }
        let owners =
            [(view, view.pipeline.services(at: endpoint.host, isInside: true))]
            + others.map { ($0, $0.pipeline.services(at: endpoint.host, isInside: false)) }
        // Services may share an address; then the port decides.
        let found = owners.lazy.compactMap { place, services in
            (services.first { $0.ports.contains { $0.number == endpoint.port } } ?? services.first)
                .map { ($0, place) }
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
