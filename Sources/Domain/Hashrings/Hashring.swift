import MarkedYAML
package import TimeSeries

/// A ring that was built: it says which nodes hold a series, bit for bit as Thanos 0.41 does.
///
/// Shuffle sharding is not followed; it depends on Go's random generator.
package struct Hashring: Sendable {
    private enum Placement: Sendable {
        case hashmod(HashmodCycle)
        case ketama(KetamaSections)
    }

    package let spec: HashringSpec
    /// In the order in which the algorithm counts them.
    package let endpoints: [HashringEndpoint]
    package let algorithm: HashringAlgorithm
    /// Copies of a series.
    package let replicationFactor: Int
    private let placement: Placement

    /// Builds the ring, or fails as Thanos would, which then exits.
    package init(
        _ spec: HashringSpec, flagAlgorithm: HashringAlgorithm, replicationFactor: Int
    ) throws(HashringError) {
        let refusal = spec.constructionErrors(
            flagAlgorithm: flagAlgorithm, replicationFactor: replicationFactor
        ).first
        if let refusal { throw refusal }
        self.spec = spec
        self.replicationFactor = max(0, replicationFactor)
        algorithm = spec.effectiveAlgorithm(flag: flagAlgorithm)
        switch algorithm {
        case .hashmod:
            endpoints = spec.endpoints.sorted {
                $0.address.value.utf8.lexicographicallyPrecedes($1.address.value.utf8)
            }
            placement = .hashmod(
                HashmodCycle(
                    count: spec.endpoints.count, replicationFactor: self.replicationFactor))
        case .ketama:
            endpoints = spec.endpoints
            placement = .ketama(
                try KetamaSections(spec, replicationFactor: self.replicationFactor))
        }
    }

    /// The nodes of a series in replica order, as indices into `endpoints`; fewer than the
    /// replication factor where the ring is smaller.
    ///
    /// Complexity: constant on average, without allocation.
    package func replicas(forHash hash: UInt64) -> ArraySlice<Int32> {
        switch placement {
        case .hashmod(let cycle): cycle.replicas(forHash: hash)
        case .ketama(let sections): sections.replicas(forHash: hash)
        }
    }
}

extension Hashring {
    /// Fails as Thanos' `GetN` does for the first of the replicas that the ring has no node for.
    package func requireNodes(replicas: Range<Int>) throws(HashringError) {
        guard let missing = replicas.first(where: { $0 >= endpoints.count }) else { return }
        throw .insufficientNodes(have: endpoints.count, want: missing + 1)
    }

    /// Fails where Thanos gives a tenant only some of the nodes, by random numbers of its own.
    package func requireFollowable() throws(HashringError) {
        guard let shuffling = spec.activeShuffleSharding else { return }
        throw HashringError(
            code: .shuffleShardingNotFollowed,
            message: "hashring \(spec.name?.value ?? "") uses shuffle sharding, whose random "
                + "numbers only thanos itself can tell",
            range: shuffling.shardSize.range)
    }

    /// The node that holds a replica, counted from 0, of a series with this hash.
    package func node(
        forHash hash: UInt64, replica: Int
    ) throws(HashringError) -> HashringEndpoint {
        let replicas = replicas(forHash: hash)
        guard replica >= 0, replica < replicas.count else {
            throw .insufficientNodes(have: endpoints.count, want: replica + 1)
        }
        return endpoints[Int(replicas[replicas.startIndex + replica])]
    }

    /// The node that holds a replica of a series of a tenant.
    package func node(
        forTenant tenant: String, labels: [SeriesLabel], replica: Int
    ) throws(HashringError) -> HashringEndpoint {
        try node(forHash: XXH64.hash(tenant: tenant, labels: labels), replica: replica)
    }

    /// The hashes at which placement changes: the ends of a ketama circle's sections.
    var sectionEnds: [UInt64] {
        switch placement {
        case .hashmod: []
        case .ketama(let sections): sections.ends
        }
    }

    /// The number of residues of the hash that hashmod tells apart; 1 for ketama.
    var residues: Int {
        switch placement {
        case .hashmod: max(1, endpoints.count)
        case .ketama: 1
        }
    }
}
