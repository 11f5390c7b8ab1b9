package import KubernetesModel
import PipelineModel

/// What takes addresses of some pools: Services, and the Services that Cilium makes of Ingresses.
package struct AddressDemand: Sendable {
    private let services: [ServiceObject]
    private let ingresses: [IngressObject]

    package init(on pools: [LoadBalancerIPPool], in addressing: CiliumAddressing) {
        services = addressing.services.filter { service in pools.contains { $0.serves(service) } }
        let known = Set(services.map(\.reference))
        ingresses = addressing.ingresses.filter { ingress in
            ingress.hasDedicatedLoadBalancer && !known.contains(ingress.generatedService)
                && pools.contains { $0.serves(ingress.generatedServiceLabels) }
        }
    }

    /// Whether a pool could give any of them an address.
    package func isServed(by pool: LoadBalancerIPPool) -> Bool {
        services.contains(where: pool.serves)
            || ingresses.contains { pool.serves($0.generatedServiceLabels) }
    }

    /// How many addresses they take: what shares a key shares an address, and Cilium copies the
    /// annotation of an Ingress to its Service.
    package var addresses: Int {
        let keys =
            services.map { $0.sharingKey ?? $0.reference.description }
            + ingresses.map { $0.sharingKey ?? $0.generatedService.description }
        return Set(keys).count
    }

    package var references: [ObjectReference] {
        services.map(\.reference) + ingresses.map(\.reference)
    }
}

extension CiliumAddressing {
    /// Whether another pool has an address for a Service.
    package func hasRoom(for service: ServiceObject, besides pool: LoadBalancerIPPool) -> Bool {
        pools.contains {
            $0.isInUse && $0.reference != pool.reference && $0.serves(service)
                && ($0.capacity == nil || $0.available ?? 1 > 0)
        }
    }
}
