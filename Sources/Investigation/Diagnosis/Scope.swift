import Evidence
import KubernetesModel
import PipelineModel

/// Which objects belong to the same delivery path as one object.
///
/// Causes and symptoms are linked only where their scopes meet: a pod with its workload, a
/// Service with the workloads behind it, an address with its Service, a pool with the Services
/// it serves, an agent with the Service that it writes to, in whichever cluster that is.
struct Scope {
    /// An object in one of several clusters.
    struct Place: Hashable {
        let cluster: String
        let object: ObjectReference
    }

    /// The places that a finding touches.
    struct Reach {
        /// What it is about, with what belongs to it.
        let own: Set<Place>
        /// What it depends on and shares with others, as all agents share the receivers: two
        /// findings that meet nowhere else have nothing to do with each other.
        let shared: Set<Place>
    }

    private var neighbours: [Place: Set<Place>] = [:]
    /// For each agent what its writes pass.
    private var destinations: [Place: Set<Place>] = [:]
    private let clusters: [String: String]

    /// - Parameter clusters: for each view the cluster that it speaks of.
    init(_ views: [ClusterView], clusters: [String]) {
        let pairs = Array(zip(views, clusters))
        self.clusters = Dictionary(zip(views.map(\.name), clusters)) { first, _ in first }
        for (view, cluster) in pairs {
            addReceivers(view.pipeline, in: cluster)
            addAddresses(view, in: cluster)
        }
        for (view, cluster) in pairs {
            for agent in view.pipeline.agents {
                for endpoint in agent.remoteWrites.compactMap(\.endpoint) {
                    let all = [(view, cluster)] + pairs
                    for service in Self.services(at: endpoint, in: all) {
                        let behind = neighbours[service] ?? []
                        destinations[
                            Place(cluster: cluster, object: agent.reference), default: []
                        ].formUnion([service] + behind)
                    }
                }
                for pod in agent.pods {
                    link(
                        Place(cluster: cluster, object: pod.reference),
                        to: [Place(cluster: cluster, object: agent.reference)])
                }
            }
        }
    }

    /// The objects that a finding touches, with their delivery path.
    func reach(of finding: Finding, in cluster: String) -> Reach {
        let named = ([finding.object] + finding.about).map { Place(cluster: cluster, object: $0) }
        let elsewhere = finding.elsewhere.flatMap { view, objects in
            objects.map { Place(cluster: clusters[view] ?? view, object: $0) }
        }
        let own = withNeighbours(named + elsewhere)
        let through = finding.through.map { Place(cluster: cluster, object: $0) }
        return Reach(
            own: own, shared: withNeighbours(through).union(own.flatMap { destinations[$0] ?? [] }))
    }

    private func withNeighbours(_ places: [Place]) -> Set<Place> {
        Set(places + places.flatMap { neighbours[$0] ?? [] })
    }

    /// The Services that own an address: the first cluster that has one counts, the agent's own
    /// before the others.
    private static func services(
        at endpoint: EndpointAddress, in views: [(ClusterView, String)]
    ) -> [Place] {
        for (view, cluster) in views {
            if let service = view.pipeline.service(at: endpoint) {
                return [Place(cluster: cluster, object: service.reference)]
            }
        }
        return []
    }

    private mutating func link(_ place: Place, to others: some Sequence<Place>) {
        neighbours[place, default: []].formUnion(others)
    }

    private mutating func addReceivers(_ pipeline: Pipeline, in cluster: String) {
        let place = { Place(cluster: cluster, object: $0) }
        for group in pipeline.receivers {
            let receiver = place(group.reference)
            for pod in group.pods { link(place(pod.reference), to: [receiver]) }
            for service in group.services { link(place(service.reference), to: [receiver]) }
            if case .configured(_, from: .configMap(let map, key: _)) = group.hashring {
                link(place(map), to: [receiver])
            }
        }
    }

    private mutating func addAddresses(_ view: ClusterView, in cluster: String) {
        let place = { Place(cluster: cluster, object: $0) }
        let pipeline = view.pipeline
        for ingress in pipeline.ingresses {
            let backends = ingress.backends.map {
                place(
                    ObjectReference(
                        kind: "Service", namespace: ingress.object.namespace, name: $0.service))
            }
            let behind = backends.flatMap { neighbours[$0] ?? [] }
            link(
                place(ingress.reference),
                to: backends + behind + [place(ingress.generatedService)])
        }
        for pool in pipeline.pools {
            let served = pipeline.services.filter { $0.isLoadBalancer && pool.serves($0) }
            link(place(pool.reference), to: served.map { place($0.reference) })
        }
        for probe in view.probes {
            guard let service = pipeline.service(at: probe.endpoint)?.reference else { continue }
            let behind = neighbours[place(service)] ?? []
            link(place(probe.subject), to: [place(service)] + behind)
        }
    }
}
