import Synchronization
package import TimeSeries

/// The rings of a configuration, built, in the order of the file.
///
/// A class because it remembers which ring takes which tenant.
package final class MultiHashring: Sendable {
    /// Tenants to remember: a client chooses their names, and with them how much we keep.
    private static let memory = 10_000

    package let rings: [Hashring]
    private let placements = Mutex<[String: TenantPlacement]>([:])

    /// Builds all rings, or fails with the first that cannot be built, as Thanos would.
    package init(
        _ configuration: HashringConfiguration, flagAlgorithm: HashringAlgorithm,
        replicationFactor: Int
    ) throws(HashringError) {
        var rings: [Hashring] = []
        for spec in configuration.rings {
            rings.append(
                try Hashring(
                    spec, flagAlgorithm: flagAlgorithm, replicationFactor: replicationFactor))
        }
        self.rings = rings
    }

    /// Where a tenant's series go; fails as Thanos does when no ring takes it.
    ///
    /// Complexity: constant for a tenant that was asked for before, else linear in all `tenants`.
    package func placement(forTenant tenant: String) throws(HashringError) -> TenantPlacement {
        if let known = placements.withLock({ $0[tenant] }) { return known }
        for ring in rings where try ring.spec.takes(tenant: tenant) {
            let placement = TenantPlacement(ring: ring, hasher: SeriesHasher(tenant: tenant))
            placements.withLock { placements in
                guard placements.count < Self.memory else { return }
                placements[tenant] = placement
            }
            return placement
        }
        throw .noMatchingHashring
    }
}

/// Places the series of one tenant.
package struct TenantPlacement: Sendable {
    package let ring: Hashring
    package let hasher: SeriesHasher

    /// The nodes of a series in replica order, as indices into the ring's `endpoints`.
    package func replicas(of labels: LabelSet) -> ArraySlice<Int32> {
        ring.replicas(forHash: hasher.hash(labels))
    }
}
