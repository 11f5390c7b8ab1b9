import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel

/// Objects that a receiver's pods cannot start without and that a complete render lacks.
///
/// Secrets are left out: most are made elsewhere.
func absentObjects(of group: ReceiverGroup, _ view: ClusterView) -> [Finding] {
    guard let spec = group.workload.podSpec?.node else { return [] }
    let maps = spec["volumes"].items.compactMap(configMap)
        .filter { $0.value.value != group.absentHashringMap }
    let named = (account(spec).map { [$0] } ?? []) + maps
    return named.filter { isAbsent($0, of: group, view) }.map { name in
        let object = ObjectReference(
            kind: name.kind, namespace: group.reference.namespace, name: name.value.value)
        return Finding(
            "the \(name.kind) \(object.name) is not among the rendered manifests, and the pods "
                + "do not start without it",
            object: group.reference, at: name.value.range, label: "not rendered",
            severity: .warning, confidence: .likely,
            evidence: [
                EvidenceItem(
                    "manifest", "\(name.kind) \(object.name) is not in the render",
                    command: view.kubectl(
                        "get \(name.kind.lowercased()) \(object.name)",
                        namespace: object.namespace))
            ],
            repair: Repair(text: "add it to the kustomization, or correct the name"),
            about: [object])
    }
}

private struct NamedObject {
    let kind: String
    let value: Marked<String>
}

private func account(_ spec: Node) -> NamedObject? {
    guard let name = spec["serviceAccountName"]?.markedString, name.value != "default" else {
        return nil
    }
    return NamedObject(kind: "ServiceAccount", value: name)
}

private func configMap(_ volume: Node) -> NamedObject? {
    guard let name = volume["configMap"]?["name"]?.markedString, !Volume(volume).isOptional else {
        return nil
    }
    return NamedObject(kind: "ConfigMap", value: name)
}

private func isAbsent(
    _ name: NamedObject, of group: ReceiverGroup, _ view: ClusterView
) -> Bool {
    // Every namespace gets these from its cluster.
    let given: Set = ["kube-root-ca.crt", "openshift-service-ca.crt"]
    guard view.isComplete(kind: name.kind), !given.contains(name.value.value),
        !name.value.value.contains("$")
    else { return false }
    let reference = ObjectReference(
        kind: name.kind, namespace: group.reference.namespace, name: name.value.value)
    return view.objects[reference] == nil
}

extension ReceiverGroup {
    /// The ConfigMap of the hashring, when it is not there: hashring-file-not-mounted says so.
    fileprivate var absentHashringMap: String? {
        guard case .unresolved(path: _, .configMapAbsent(let name, volume: _)) = hashring else {
            return nil
        }
        return name
    }
}
