import MarkedYAML

/// An EndpointSlice: which addresses stand behind a Service, and which are ready.
package struct EndpointSlice: Sendable {
    package let object: KubernetesObject

    package init?(_ object: KubernetesObject) {
        guard object.kind == "EndpointSlice" else { return nil }
        self.object = object
    }

    package var service: String? { object.labels["kubernetes.io/service-name"] }
    package var namespace: String? { object.namespace }

    package struct Endpoint: Sendable, Hashable {
        package let address: String
        package let isReady: Bool
        package let pod: String?
    }

    /// Endpoints; an absent `ready` condition counts as ready (discovery.k8s.io/v1).
    package var endpoints: [Endpoint] {
        object.node["endpoints"].items.flatMap { endpoint in
            let isReady = endpoint["conditions"]?["ready"]?.bool ?? true
            let target = endpoint["targetRef"]
            let pod = target?["kind"]?.string == "Pod" ? target?["name"]?.string : nil
            return endpoint["addresses"].items.compactMap(\.string).map {
                Endpoint(address: $0, isReady: isReady, pod: pod)
            }
        }
    }
}
