import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML

/// Two Applications that apply one object undo each other's work.
func shared(
    _ application: ArgoApplication, _ objects: [ObjectReference], _ view: ClusterView
) -> Finding? {
    let condition = application.object.status?["conditions"].items.first {
        $0["type"]?.string == "SharedResourceWarning"
    }
    let concerned = application.concerned(objects)
    guard view.isCluster, let condition, !concerned.isEmpty else { return nil }
    let name = application.reference.name
    return Finding(
        "Application \(name) shares an object with another"
            + (condition["message"]?.string.map { ": \(excerpt($0))" } ?? ""),
        object: application.reference, at: application.object.range,
        label: "each sync undoes the other's", severity: .warning, confidence: .likely,
        evidence: [
            EvidenceItem(
                "cluster", "SharedResourceWarning",
                command: view.kubectl(
                    "get application \(name) -o yaml", namespace: application.reference.namespace))
        ],
        repair: Repair(text: "take the object out of one of the two Applications"),
        about: concerned)
}
