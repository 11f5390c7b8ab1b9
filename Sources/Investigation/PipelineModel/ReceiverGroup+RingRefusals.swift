package import Hashrings
package import KubernetesModel
import ReceiveFlags

extension ReceiverGroup {
    /// Why a start with the hashrings as they are now would fail, though they parse: by this
    /// release, and by any where it is not stated.
    package var ringRefusals: [HashringError] {
        guard case .configured(let configuration, from: _) = hashring else { return [] }
        let flag = HashringAlgorithm(rawValue: flags.hashringsAlgorithm) ?? .hashmod
        return configuration.rings.flatMap {
            $0.constructionErrors(flagAlgorithm: flag, replicationFactor: replicationFactor)
        }.filter { error in version.map { $0 >= error.firstRelease } ?? true }
    }

    /// Whether a start with the hashrings as they are now would succeed; one that cannot be read
    /// may.
    package var canLoadHashrings: Bool {
        switch hashring {
        case .notConfigured, .unresolved: true
        case .invalid: false
        case .configured(let configuration, from: _):
            !configuration.rings.isEmpty && ringRefusals.isEmpty
        }
    }
}

extension HashringError {
    /// The first release that refuses such a ring: zones and ketama's own check came with v0.32,
    /// shuffle sharding with v0.39.
    package var firstRelease: Version {
        switch code {
        case .shuffleShardingWithHashmod, .shardLargerThanRing: Version(0, 39)
        case _: Version(0, 32)
        }
    }
}
