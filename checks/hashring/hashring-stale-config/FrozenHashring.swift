import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel

extension Finding {
    /// A hashring file that no running pod ever sees change, for it is mounted with `subPath`.
    init?(frozen group: ReceiverGroup, _ map: ConfigMapObject, _ view: ClusterView) {
        guard let subPath = group.hashringSubPath, !isRestartedOnChange(group, map) else {
            return nil
        }
        self.init(
            "the hashring file is mounted with subPath: a change of ConfigMap "
                + "\(map.object.name) never reaches a running pod",
            object: group.reference, at: subPath.range, label: "frozen at the start of the pod",
            alsoAt: [Place(group.range(ofFlag: "--receive.hashrings-file"), "reads this file")],
            evidence: [
                EvidenceItem(
                    view.objectSource, "the volumeMount of the hashring file has a subPath",
                    command: view.kubectl(
                        "get \(group.reference.kind.lowercased()) \(group.reference.name) "
                            + "-o jsonpath='{.spec.template.spec.containers[*].volumeMounts}'",
                        namespace: group.reference.namespace))
            ],
            repair: Repair(
                text: "mount the volume over the directory of the file, without subPath"),
            about: [map.reference])
    }
}

/// Whether a change makes new pods: an immutable ConfigMap, a checksum in the pod template, or
/// a controller that watches.
private func isRestartedOnChange(_ group: ReceiverGroup, _ map: ConfigMapObject) -> Bool {
    let template = group.workload.template["metadata"]?["annotations"].stringMap ?? [:]
    let names = Array(template.keys) + Array(group.workload.object.annotations.keys)
    return map.object.node["immutable"]?.bool == true
        || isGenerated(map.object.name)
        || names.contains { name in
            ["checksum", "hash", "sha256", "reloader"].contains(where: name.lowercased().contains)
        }
}

/// Whether kustomize put the digest of the content behind the name: ten of its own digits.
private func isGenerated(_ name: String) -> Bool {
    guard let suffix = name.split(separator: "-").last, suffix.count == 10 else { return false }
    // The alphabet of sigs.k8s.io/kustomize `hasher.encode`.
    return suffix.allSatisfy { "2456789bcdfghkmt".contains($0) }
}
