import KubernetesModel
import MarkedYAML

/// The Services of one cluster by the addresses under which they are reached.
struct ServiceDirectory: Sendable {
    private let services: [ServiceObject]
    /// Positions in `services`, in rising order.
    private var outside: [String: [Int]] = [:]
    private var inside: [String: [Int]] = [:]

    init(_ services: [ServiceObject]) {
        self.services = services
        for (index, service) in services.enumerated() {
            let shared = service.externalAddresses + service.requestedAddresses.map(\.value)
            for host in Set(shared) { outside[host, default: []].append(index) }
            let own = service.clusterAddresses + service.clusterNames
            for host in Set(shared + own) { inside[host, default: []].append(index) }
        }
    }

    func owners(of host: String, isInside: Bool) -> [ServiceObject] {
        ((isInside ? inside : outside)[host] ?? []).map { services[$0] }
    }
}
