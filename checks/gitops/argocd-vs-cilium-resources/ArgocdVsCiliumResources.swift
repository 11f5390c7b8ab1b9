import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel

extension Check {
    static let argocdVsCiliumResources = Check(
        "argocd-vs-cilium-resources",
        severity: .error,
        stage: .postRollout,
        summary: "Argo CD prunes or leaves out objects that Cilium needs",
        why: """
            Cilium makes CiliumIdentity and CiliumEndpoint objects, and copies labels onto them. \
            Where Argo CD tracks by label it takes them for its own, and with prune on it deletes \
            them, so that traffic is dropped. The Endpoints of Cilium's shared Ingress are the \
            other way round: Argo CD leaves them out by default, and the Ingress gets no address.
            """,
        fix: """
            In argocd-cm, add apiGroups [cilium.io] with kinds [CiliumIdentity, CiliumEndpoint] to \
            resource.exclusions and set application.resourceTrackingMethod to annotation. Take \
            Endpoints out of the exclusions where Cilium's Ingress controller is deployed by Argo CD.
            """,
        needs: .applications, .optional(.objects(.configMaps)), .view,
        references: [
            "https://docs.cilium.io/en/stable/configuration/argocd-issues/",
            "https://github.com/argoproj/argo-cd/issues/24030",
        ],
        examples: argocdVsCiliumResourcesExamples
    ) { applications, configMaps, view in
        applications.compactMap { tracked(by: $0, view) }
            + applications.compactMap { leftOut(by: $0, view) }
            + settings(configMaps ?? [], applications, view)
    }
}

private let generatedKinds: Set = ["CiliumIdentity", "CiliumEndpoint"]

/// Objects of Cilium's own among those that an Application manages.
private func tracked(by application: ArgoApplication, _ view: ClusterView) -> Finding? {
    let resources = application.object.status?["resources"].items ?? []
    let foreign = resources.filter { generatedKinds.contains($0["kind"]?.string ?? "") }
    guard let first = foreign.first else { return nil }
    let isPruned = application.prunes && foreign.contains { $0["requiresPruning"]?.bool == true }
    let kinds = Set(foreign.compactMap { $0["kind"]?.string }).sorted().joined(separator: " and ")
    return Finding(
        "Application \(application.object.name) takes \(counted(foreign.count, "object")) of "
            + "Cilium's (\(kinds)) for its own\(isPruned ? ", and prunes them" : "")",
        object: application.reference, at: first.range, severity: isPruned ? nil : .warning,
        confidence: isPruned ? .certain : .likely,
        evidence: [
            EvidenceItem(
                "cluster", "status.resources lists \(kinds)",
                command: view.kubectl(
                    "get application \(application.object.name) -o yaml",
                    namespace: application.object.namespace))
        ],
        repair: Repair(text: "exclude CiliumIdentity and CiliumEndpoint in argocd-cm"))
}

/// The dummy Endpoints of the shared Ingress, without which its Service is not served.
private func leftOut(by application: ArgoApplication, _ view: ClusterView) -> Finding? {
    let conditions = application.object.status?["conditions"].items ?? []
    let warning = conditions.first {
        $0["type"]?.string == "ExcludedResourceWarning"
            && $0["message"]?.string?.contains("cilium-ingress") == true
    }
    guard let warning else { return nil }
    return Finding(
        "Application \(application.object.name) leaves out the Endpoints of cilium-ingress",
        object: application.reference, at: warning.range, severity: .warning,
        confidence: .likely,
        evidence: [
            EvidenceItem(
                "cluster", warning["message"]?.string ?? "",
                command: view.kubectl(
                    "get endpoints cilium-ingress", namespace: "kube-system"))
        ],
        repair: Repair(text: "take Endpoints out of resource.exclusions in argocd-cm"),
        about: view.pipeline.ingresses.filter(\.isCilium).map(\.reference))
}

/// Tracking by label with prune on, and nothing that keeps Cilium's objects out.
private func settings(
    _ configMaps: [KubernetesObject], _ applications: [ArgoApplication], _ view: ClusterView
) -> [Finding] {
    guard !view.pipeline.pools.isEmpty || !view.pipeline.l2Policies.isEmpty,
        applications.contains(where: \.prunes)
    else { return [] }
    return configMaps.filter { $0.name == "argocd-cm" }.compactMap { map in
        let method = map.node["data"]?["application.resourceTrackingMethod"]
        let exclusions = map.node["data"]?["resource.exclusions"]
        let release = method == nil ? oldArgo(view) : nil
        guard method?.string == "label" || release != nil, !excludesIdentities(exclusions)
        else { return nil }
        return Finding(
            "tracking by label with prune on, and argocd-cm does not exclude CiliumIdentity",
            object: map.reference, at: (method ?? map.node).range, severity: .warning,
            confidence: .likely,
            evidence: [
                EvidenceItem(
                    view.objectSource,
                    release.map { "no tracking method is set, and Argo CD \($0) tracks by label" }
                        ?? "application.resourceTrackingMethod: label",
                    command: view.kubectl(
                        "get configmap argocd-cm -o yaml", namespace: map.namespace))
            ],
            repair: Repair(text: "track by annotation, or exclude CiliumIdentity"))
    }
}

/// The release of Argo CD that runs here, when it is one that tracks by label unless it is told
/// otherwise (its upgrade notes, 2.14 to 3.0).
private func oldArgo(_ view: ClusterView) -> Version? {
    let containers = view.pipeline.workloads.flatMap { $0.podSpec?.containers ?? [] }
    let versions = containers.compactMap { container in
        container.image.flatMap { $0.name == "argocd" ? $0.version : nil }
    }
    return versions.min().flatMap { $0 < Version(3, 0) ? $0 : nil }
}

extension ArgoApplication {
    fileprivate var prunes: Bool {
        object.spec?["syncPolicy"]?["automated"]?["prune"]?.bool == true
    }
}

/// Whether a list of `resource.exclusions` keeps Cilium's identities out, by name or by pattern.
private func excludesIdentities(_ setting: Node?) -> Bool {
    let entries = setting?.embeddedYAML().documents.first?.items ?? []
    return entries.contains { entry in
        let groups = entry["apiGroups"].items.compactMap(\.string)
        let kinds = entry["kinds"].items.compactMap(\.string)
        return groups.contains { ["cilium.io", "*.cilium.io", "*"].contains($0) }
            && (kinds.isEmpty
                || kinds.contains { ["*", "Cilium*", "CiliumIdentity"].contains($0) })
    }
}
