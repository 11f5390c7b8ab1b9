import Evidence
import KubernetesModel
import PipelineModel

/// Which objects belong to the same delivery path as one object.
///
/// Causes and symptoms are linked only where their scopes meet: a pod with its workload, a
/// Service with the workloads behind it, an address with its Service, a pool with the Services
/// it serves, an agent with the Service that it writes to.
struct Scope {
    private let neighbours: [ObjectReference: Set<ObjectReference>]

    init(_ view: ClusterView) {
        var neighbours: [ObjectReference: Set<ObjectReference>] = [:]
        let pipeline = view.pipeline
        for group in pipeline.receivers {
            for pod in group.pods { neighbours[pod.reference, default: []].insert(group.reference) }
            for service in group.services {
                neighbours[service.reference, default: []].insert(group.reference)
            }
            if case .configured(_, from: .configMap(let map, key: _)) = group.hashring {
                neighbours[map, default: []].insert(group.reference)
            }
        }
        for ingress in pipeline.ingresses {
            let backends = ingress.backends.map {
                ObjectReference(
                    kind: "Service", namespace: ingress.object.namespace, name: $0.service)
            }
            let behind = backends.flatMap { neighbours[$0] ?? [] }
            neighbours[ingress.reference, default: []].formUnion(
                backends + behind + [ingress.generatedService])
        }
        for pool in pipeline.pools {
            let served = pipeline.services.filter { $0.isLoadBalancer && pool.serves($0) }
            neighbours[pool.reference, default: []].formUnion(served.map(\.reference))
        }
        for agent in pipeline.agents {
            let services = agent.remoteWrites.compactMap(\.endpoint).compactMap {
                pipeline.service(at: $0)?.reference
            }
            let behind = services.flatMap { neighbours[$0] ?? [] }
            neighbours[agent.reference, default: []].formUnion(services + behind)
        }
        for probe in view.probes {
            guard let service = pipeline.service(at: probe.endpoint)?.reference else { continue }
            neighbours[probe.subject, default: []].formUnion(
                [service] + (neighbours[service] ?? []))
        }
        self.neighbours = neighbours
    }

    /// The objects that a finding touches, with their delivery path.
    func objects(of finding: Finding) -> Set<ObjectReference> {
        let named = [finding.object] + finding.about
        return Set(named + named.flatMap { neighbours[$0] ?? [] })
    }
}
