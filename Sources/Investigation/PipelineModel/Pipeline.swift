package import KubernetesModel
import MarkedYAML

/// The typed picture of one cluster: receivers, what stands in front of them, and who sends.
///
/// It is derived from objects alone; nothing is fetched for it and nothing is judged in it.
package struct Pipeline: Sendable {
    package let receivers: [ReceiverGroup]
    /// Everything that sends with remote write, Prometheus or not.
    package let agents: [Agent]
    package let leftovers: [Leftover]
    /// Query, Store Gateway, Compactor and the rest of Thanos.
    package let components: [ThanosComponent]
    package let services: [ServiceObject]
    package let pools: [LoadBalancerIPPool]
    package let l2Policies: [L2AnnouncementPolicy]
    package let ingresses: [IngressObject]
    package let applications: [ArgoApplication]
    package let workloads: [Workload]
    private let directory: ServiceDirectory

    package init(_ objects: Objects, configurations: [PrometheusConfiguration] = []) {
        let workloads = objects.workloads
        self.init(
            objects, configurations: configurations, workloads: workloads,
            programs: Programs(workloads[...], objects: objects))
    }

    /// The same, derived on all cores: what thousands of containers run is most of the work.
    package static func derived(
        from objects: Objects, configurations: [PrometheusConfiguration] = []
    ) async -> Pipeline {
        let workloads = objects.workloads
        let size = max(64, workloads.count / 8)
        let starts = Array(stride(from: 0, to: workloads.count, by: size))
        let parts = await withTaskGroup(of: (Int, Programs).self) { group in
            for start in starts {
                let slice = workloads[start..<min(workloads.count, start + size)]
                group.addTask { (start, Programs(slice, objects: objects)) }
            }
            return await group.reduce(into: [Int: Programs]()) { $0[$1.0] = $1.1 }
        }
        let programs = starts.reduce(into: Programs()) { whole, start in
            if let part = parts[start] { whole.append(part) }
        }
        return Pipeline(
            objects, configurations: configurations, workloads: workloads, programs: programs)
    }

    private init(
        _ objects: Objects, configurations: [PrometheusConfiguration], workloads: [Workload],
        programs: Programs
    ) {
        self.workloads = workloads
        receivers = programs.receivers
        agents =
            Agent.joining(
                programs.agents, Agent.Program.resourceKinds.flatMap(objects.of(kind:)))
            + configurations.map(Agent.init(file:))
        components = programs.components
        leftovers =
            programs.leftovers
            + (objects.of(kind: "Prometheus") + objects.of(kind: "Alertmanager"))
            .compactMap(Leftover.init(customResource:))
        services = objects.of(kind: "Service").compactMap(ServiceObject.init)
        directory = ServiceDirectory(services)
        pools = objects.of(kind: "CiliumLoadBalancerIPPool").compactMap(LoadBalancerIPPool.init)
        l2Policies = objects.of(kind: "CiliumL2AnnouncementPolicy")
            .compactMap(L2AnnouncementPolicy.init)
        ingresses = objects.of(kind: "Ingress").compactMap(IngressObject.init)
        applications = objects.of(kind: "Application").compactMap(ArgoApplication.init)
    }

    /// The Services in front of receivers, each once.
    package var receiverServices: [ServiceObject] {
        var seen: Set<ObjectReference> = []
        return receivers.flatMap(\.services).filter { seen.insert($0.reference).inserted }
    }

    /// The Ingresses whose rules send to a receiver's Service.
    package var receiverIngresses: [IngressObject] {
        let names = Set(receiverServices.map(\.reference))
        return ingresses.filter { ingress in
            ingress.backends.contains { backend in
                names.contains(
                    ObjectReference(
                        kind: "Service", namespace: ingress.object.namespace,
                        name: backend.service))
            }
        }
    }

    /// The receivers behind a Service.
    package func receivers(behind service: ObjectReference) -> [ReceiverGroup] {
        receivers.filter { group in group.services.contains { $0.reference == service } }
    }

    /// The Service that owns an address that an agent writes to.
    ///
    /// It may be an external or a cluster address, one that it asks for, or a name of the cluster's
    /// DNS. Services may share an address; then the port decides.
    ///
    /// - Parameter isInside: whether it is asked for in this cluster, where addresses and names
    ///   count that mean nothing in another.
    package func service(
        at endpoint: EndpointAddress, isInside: Bool = true
    ) -> ServiceObject? {
        let owners = directory.owners(of: endpoint.host, isInside: isInside)
        return owners.first { $0.ports.contains { $0.number == endpoint.port } } ?? owners.first
    }
}
