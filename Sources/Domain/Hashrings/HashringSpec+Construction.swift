import MarkedYAML

extension HashringSpec {
    /// Why Thanos would refuse to build this ring, in the order in which it checks.
    ///
    /// Thanos stops at the first and exits.
    package func constructionErrors(
        flagAlgorithm: HashringAlgorithm, replicationFactor: Int
    ) -> [HashringError] {
        switch effectiveAlgorithm(flag: flagAlgorithm) {
        case .hashmod: hashmodErrors
        case .ketama: ketamaErrors(replicationFactor: replicationFactor)
        }
    }

    private var hashmodErrors: [HashringError] {
        var errors: [HashringError] = []
        if let zoned = endpoints.first(where: { !$0.az.isEmpty }) {
            errors.append(
                HashringError(
                    code: .azWithHashmod,
                    message: "Hashmod algorithm does not support AZ aware hashring configuration. "
                        + "Either use Ketama or remove AZ configuration.",
                    range: zoned.address.range))
        }
        if let shuffleSharding, shuffleSharding.shardSize.value > 0 {
            errors.append(
                HashringError(
                    code: .shuffleShardingWithHashmod,
                    message: "hashmod algorithm does not support shuffle sharding. "
                        + "Either use Ketama or remove shuffle sharding configuration",
                    range: shuffleSharding.shardSize.range))
        }
        return errors
    }

    private func ketamaErrors(replicationFactor: Int) -> [HashringError] {
        var errors: [HashringError] = []
        if endpoints.count < replicationFactor {
            errors.append(
                HashringError(
                    code: .ketamaTooFewEndpoints,
                    message: "ketama: amount of endpoints needs to be larger than "
                        + "replication factor",
                    range: range))
        }
        if let shardSize = shuffleSharding?.shardSize, shardSize.value > endpoints.count {
            errors.append(
                HashringError(
                    code: .shardLargerThanRing,
                    message: "shard size \(shardSize.value) is larger than number of nodes in "
                        + "hashring \(name?.value ?? "") (\(endpoints.count))",
                    range: shardSize.range))
        }
        return errors
    }
}
