import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel

/// What sets the replicas of a workload: a HorizontalPodAutoscaler or KEDA's ScaledObject.
struct ReceiverScaler {
    let object: KubernetesObject
    /// The least and the most replicas, with Kubernetes' and KEDA's defaults.
    let least: Int
    let most: Int

    private var target: Node? { object.spec?["scaleTargetRef"] }

    /// The fields are called differently; KEDA's replicas lie between 0 and 100 by default.
    init(_ object: KubernetesObject) {
        self.object = object
        let isKEDA = object.kind == "ScaledObject"
        let spec = object.spec
        least = (spec?["minReplicas"] ?? spec?["minReplicaCount"])?.int ?? (isKEDA ? 0 : 1)
        most = (spec?["maxReplicas"] ?? spec?["maxReplicaCount"])?.int ?? (isKEDA ? 100 : least)
    }

    var place: Node? { target?["name"] }

    /// Whether it changes the number of this workload's pods; KEDA's own autoscaler does not count.
    func scales(_ workload: Workload) -> Bool {
        let isKEDA = object.kind == "ScaledObject"
        let kind = target?["kind"]?.string ?? (isKEDA ? "Deployment" : nil)
        return most > least && object.controller?.kind != "ScaledObject"
            && kind == workload.object.kind && target?["name"]?.string == workload.object.name
            && object.namespace == workload.namespace
    }
}

extension ReceiverGroup {
    /// The name of the claim template that holds the TSDB.
    var claimTemplateOfTSDB: String? {
        guard let volume = tsdbMount?.volume, workload.claimTemplates.contains(volume) else {
            return nil
        }
        return volume
    }

    /// The claims of pods that neither the StatefulSet asks for nor a hashring lists, by ordinal.
    func abandonedClaims(
        among claims: [KubernetesObject], listed: Set<Int>
    ) -> [KubernetesObject] {
        guard let ordinals, let template = claimTemplateOfTSDB else { return [] }
        let prefix = "\(template)-\(workload.object.name)-"
        return claims.compactMap { claim -> (Int, KubernetesObject)? in
            guard claim.namespace == workload.namespace, claim.name.hasPrefix(prefix),
                let ordinal = Int(claim.name.dropFirst(prefix.count)), ordinal >= 0,
                !ordinals.contains(ordinal), !listed.contains(ordinal),
                claim.metadata?["deletionTimestamp"] == nil,
                // A pod that is about to end still has it.
                !pods.contains(where: { $0.name == podName(ordinal) })
            else { return nil }
            return (ordinal, claim)
        }.sorted { $0.0 < $1.0 }.map(\.1)
    }
}
