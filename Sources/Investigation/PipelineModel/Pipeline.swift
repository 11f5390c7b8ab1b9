package import KubernetesModel
import MarkedYAML

/// The typed picture of one cluster: receivers, what stands in front of them, and who sends.
///
/// It is derived from objects alone; nothing is fetched for it and nothing is judged in it.
package struct Pipeline: Sendable {
    package let receivers: [ReceiverGroup]
    package let agents: [Agent]
    package let leftovers: [Leftover]
    package let services: [ServiceObject]
    package let pools: [LoadBalancerIPPool]
    package let l2Policies: [L2AnnouncementPolicy]
    package let ingresses: [IngressObject]
    package let applications: [ArgoApplication]
    package let workloads: [Workload]

    package init(_ objects: Objects, configurations: [PrometheusConfiguration] = []) {
        let workloads = objects.workloads
        self.workloads = workloads
        let commands = workloads.map(ContainerCommand.all(of:))
        receivers = commands.compactMap { commands in
            commands.lazy.compactMap { ReceiverGroup($0, objects: objects) }.first
        }
        agents =
            commands.compactMap { commands in
                commands.lazy.compactMap { Agent($0, objects: objects) }.first
            } + configurations.map(Agent.init(file:))
        leftovers =
            commands.compactMap { commands in
                commands.lazy.compactMap { Leftover($0, objects: objects) }.first
            }
            + (objects.of(kind: "Prometheus") + objects.of(kind: "Alertmanager"))
            .compactMap(Leftover.init(customResource:))
        services = objects.of(kind: "Service").compactMap(ServiceObject.init)
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

    /// The Service that owns an address that an agent writes to: by external or cluster address,
    /// by an address that it asks for, or by a name of the cluster's DNS.
    package func service(at endpoint: EndpointAddress) -> ServiceObject? {
        services.first { service in
            (service.externalAddresses + service.clusterAddresses + service.clusterNames
                + service.requestedAddresses.map(\.value))
                .contains(endpoint.host)
        }
    }
}
