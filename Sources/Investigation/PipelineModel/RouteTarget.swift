package import KubernetesModel
import MarkedYAML

/// The Service that a route of an Ingress names, and the receivers behind it.
package struct RouteTarget: Sendable {
    package let service: ServiceObject
    package let receivers: [ReceiverGroup]

    /// What a port serves that takes no writes from agents.
    package func internalService(onPort port: ServiceObject.Port) -> String? {
        receivers.lazy.compactMap { group in
            group.containerPort(of: port).flatMap(group.internalService)
        }.first
    }

    package func takesWrites(on port: ServiceObject.Port) -> Bool {
        receivers.contains { group in
            group.remoteWritePort != nil && group.containerPort(of: port) == group.remoteWritePort
        }
    }

    /// The port of the Service that leads to remote write.
    package var writePort: Int? { service.ports.first(where: takesWrites)?.number }
}

extension Pipeline {
    /// Where a route leads; nil when no receiver is there.
    package func target(of route: IngressRoute, in ingress: IngressObject) -> RouteTarget? {
        let service = receiverServices.first {
            $0.object.name == route.service.string && $0.namespace == ingress.object.namespace
        }
        return service.map {
            RouteTarget(service: $0, receivers: receivers(behind: $0.reference))
        }
    }
}
