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
        if let own = view.pipeline.service(at: endpoint) {
            self.init(own, in: view)
            return
        }
        for other in views where other.name != view.name {
            guard let service = other.pipeline.service(at: endpoint, isInside: false) else {
                continue
            }
            self.init(service, in: other)
            return
        }
        return nil
    }

    private init?(_ service: ServiceObject, in view: ClusterView) {
        let receivers = view.pipeline.receivers(behind: service.reference)
        guard !receivers.isEmpty else { return nil }
        self.service = service
        self.receivers = receivers
        self.view = view
    }

    /// The port of the Service that an address names.
    func port(of endpoint: EndpointAddress) -> ServiceObject.Port? {
        service.ports.first { $0.number == endpoint.port }
    }
}
