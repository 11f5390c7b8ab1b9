import Hashrings
import Synchronization

/// The rings that writes are looked up in.
enum ServedRing: Sendable {
    /// No hashring is configured: the receiver is its own only node.
    case singleNode
    case configured(HashringConfiguration, flagAlgorithm: HashringAlgorithm)

    /// Fails as Thanos' `GetN` does when a tenant has no ring, or its ring too few nodes.
    func requireNodes(
        forTenant tenant: String, replicas: Range<Int>
    ) throws(HashringError) {
        let count: Int
        switch self {
        case .singleNode:
            count = 1
        case .configured(let configuration, _):
            guard let ring = try configuration.ring(forTenant: tenant) else {
                throw .noMatchingHashring
            }
            count = ring.endpoints.count
        }
        guard let missing = replicas.first(where: { $0 >= count }) else { return }
        throw .insufficientNodes(have: count, want: missing + 1)
    }

    /// The first reason for which Thanos would end instead of using these rings.
    func constructionError(replicationFactor: Int) -> HashringError? {
        guard case .configured(let configuration, let flagAlgorithm) = self else { return nil }
        return configuration.rings.lazy.compactMap {
            $0.constructionErrors(
                flagAlgorithm: flagAlgorithm, replicationFactor: replicationFactor
            ).first
        }.first
    }
}

/// The ring in use, once there is one.
///
/// A class because the start installs it while requests are answered.
final class InstalledRing: Sendable {
    private let state = Mutex<ServedRing?>(nil)

    var current: ServedRing? { state.withLock { $0 } }

    func install(_ ring: ServedRing) {
        state.withLock { $0 = ring }
    }
}
