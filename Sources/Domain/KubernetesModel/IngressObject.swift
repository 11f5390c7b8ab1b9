package import MarkedYAML

/// An Ingress: its class, its address, and the Service behind it.
package struct IngressObject: Sendable {
    package let object: KubernetesObject

    package init?(_ object: KubernetesObject) {
        guard object.kind == "Ingress" else { return nil }
        self.object = object
    }

    package var reference: ObjectReference { object.reference }

    /// The class, from the field or the older annotation.
    package var className: String? {
        object.spec?["ingressClassName"]?.string
            ?? object.annotations["kubernetes.io/ingress.class"]
    }

    package var isCilium: Bool { className == "cilium" }

    /// Dedicated mode, Cilium's default: the Ingress gets a LoadBalancer Service of its own.
    package var hasDedicatedLoadBalancer: Bool {
        object.annotations["ingress.cilium.io/loadbalancer-mode"] != "shared"
    }

    /// The Service that Cilium generates for it in dedicated mode.
    package var generatedService: ObjectReference {
        ObjectReference(
            kind: "Service", namespace: object.namespace, name: "cilium-ingress-\(object.name)")
    }

    /// The labels of the generated Service, with Cilium's virtual ones.
    package var generatedServiceLabels: [String: String] {
        [
            "cilium.io/ingress": "true", "io.kubernetes.service.name": generatedService.name,
            "io.kubernetes.service.namespace": object.namespace ?? "",
        ]
    }

    package var addresses: [String] {
        object.status?["loadBalancer"]?["ingress"].items.compactMap {
            $0["ip"]?.string ?? $0["hostname"]?.string
        } ?? []
    }

    package var hosts: [String] {
        object.spec?["rules"].items.compactMap { $0["host"]?.string } ?? []
    }

    /// The Services that its rules send to, with the node that names each.
    package var backends: [(service: String, node: Node)] {
        routes.compactMap { route in route.service.string.map { ($0, route.service) } }
    }
}
