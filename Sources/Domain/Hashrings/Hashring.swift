import MarkedYAML
package import TimeSeries

/// A ring that was built: it says which nodes hold a series, bit for bit as Thanos 0.41 does.
///
/// Shuffle sharding is not followed; it depends on Go's random generator.
package struct Hashring: Sendable {
    private enum Placement: Sendable {
        case hashmod
        case ketama(KetamaSections)
    }

    /// In the order in which the algorithm counts them.
    package let endpoints: [HashringEndpoint]
    private let placement: Placement

    /// Builds the ring, or fails as Thanos would, which then exits.
    package init(
        _ spec: HashringSpec, flagAlgorithm: HashringAlgorithm, replicationFactor: Int
    ) throws(HashringError) {
        let refusal = spec.constructionErrors(
            flagAlgorithm: flagAlgorithm, replicationFactor: replicationFactor
        ).first
        if let refusal { throw refusal }
        switch spec.effectiveAlgorithm(flag: flagAlgorithm) {
        case .hashmod:
            endpoints = spec.endpoints.sorted {
                $0.address.value.utf8.lexicographicallyPrecedes($1.address.value.utf8)
            }
            placement = .hashmod
        case .ketama:
            endpoints = spec.endpoints
            placement = .ketama(
                try KetamaSections(spec, replicationFactor: replicationFactor))
        }
    }

    /// The node that holds a replica, counted from 0, of a series of a tenant.
    package func node(
        forTenant tenant: String, labels: [SeriesLabel], replica: Int
    ) throws(HashringError) -> HashringEndpoint {
        try node(forHash: XXH64.hash(tenant: tenant, labels: labels), replica: replica)
    }

    /// The node that holds a replica of a series with this hash.
    package func node(
        forHash hash: UInt64, replica: Int
    ) throws(HashringError) -> HashringEndpoint {
        guard replica >= 0, replica < endpoints.count else {
            throw .insufficientNodes(have: endpoints.count, want: replica + 1)
        }
        switch placement {
        case .hashmod:
            // The sum wraps around in 64 bits, as it does in Go.
            return endpoints[Int((hash &+ UInt64(replica)) % UInt64(endpoints.count))]
        case .ketama(let sections):
            guard let index = sections.endpoint(forHash: hash, replica: replica) else {
                throw .insufficientNodes(have: endpoints.count, want: replica + 1)
            }
            return endpoints[index]
        }
    }
}
