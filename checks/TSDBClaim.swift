import KubernetesModel
import MarkedYAML
import PipelineModel

extension ReceiverGroup {
    /// The claim on which a pod's TSDB lies; nil when it lies on none.
    func tsdbClaim(of pod: Pod) -> ObjectReference? {
        guard let volume = tsdbMount?.volume else { return nil }
        let stated =
            pod.object.spec.map(PodSpec.init)?.volume(named: volume)
            ?? workload.podSpec?.volume(named: volume)
        let name: String
        switch stated?.source {
        case .claim(let claim)?: name = claim
        case nil where workload.claimTemplates.contains(volume): name = "\(volume)-\(pod.name)"
        case nil, .configMap, .secret, .projected, .emptyDir, .hostPath, .other: return nil
        }
        return ObjectReference(
            kind: "PersistentVolumeClaim", namespace: pod.namespace, name: name)
    }

    /// The claim template of the TSDB in a StatefulSet.
    var tsdbClaimTemplate: Node? {
        guard let volume = tsdbMount?.volume else { return nil }
        return workload.object.spec?["volumeClaimTemplates"].items.first {
            $0["metadata"]?["name"]?.string == volume
        }
    }
}

/// How much a claim or a claim template holds, or asks for.
func storageSize(_ claim: Node) -> Quantity? {
    let given = claim["status"]?["capacity"]?["storage"]?.string
    let asked = claim["spec"]?["resources"]?["requests"]?["storage"]?.string
    return (given ?? asked).flatMap(Quantity.init)
}
