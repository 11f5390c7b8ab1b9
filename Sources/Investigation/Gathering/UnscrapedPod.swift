import Evidence
import KubernetesModel

/// A pod whose metrics were wanted and not read.
struct UnscrapedPod: Sendable {
    /// The name of the cluster's view.
    let cluster: String
    let pod: ObjectReference
    let failure: AccessFailure
}

extension Gathered {
    /// Gives up on the pods whose metrics nobody else had either.
    mutating func settleUnscraped() {
        for one in unscraped {
            gaps.append(one.failure.gap)
            let index = views.firstIndex { $0.isCluster && $0.name == one.cluster }
            if let index { views[index].metrics?.missing.append(one.failure.evidence) }
        }
        unscraped = []
    }
}
