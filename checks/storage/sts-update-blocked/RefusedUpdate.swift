import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel

extension ReceiverRun {
    /// Whether the pod cannot become ready by itself: it crashes, cannot start, or has not been
    /// ready for ten minutes.
    func isStuck(now: Double) -> Bool {
        guard !pod.isReady else { return false }
        let waiting = (pod.initContainerStatuses + pod.containerStatuses)
            .compactMap(\.waitingReason)
        let harmless: Set = ["ContainerCreating", "PodInitializing"]
        if waiting.contains(where: { !harmless.contains($0) }) { return true }
        let since = pod.readiness?["lastTransitionTime"]?.string
            .flatMap(Timestamp.seconds(rfc3339:))
        return since.map { now - $0 > 600 } ?? false
    }
}

/// What the API server said when Argo CD applied the StatefulSet.
func refusedApply(
    of group: ReceiverGroup, _ applications: [ArgoApplication], _ view: ClusterView
) -> Finding? {
    let namespace = group.reference.namespace
    for application in applications
    where application.deploysHere && application.destinationNamespace ?? namespace == namespace {
        guard let message = application.refusal(ofStatefulSet: group.reference.name) else {
            continue
        }
        let name = application.reference.name
        return Finding(
            "the API server refuses what Argo CD applies to \(group.reference): a field has "
                + "changed that cannot be changed",
            object: group.reference, at: application.object.range, label: "its last sync failed",
            evidence: [
                EvidenceItem(
                    "cluster", "Application \(name): \(message.prefix(300))",
                    command: view.kubectl(
                        "get application \(name) -o jsonpath='{.status.operationState.message}'",
                        namespace: application.reference.namespace))
            ],
            repair: recreation(of: group, view), about: [application.reference])
    }
    return nil
}

/// A field of a complete render that differs from the live one and cannot be changed.
func immovableChange(
    of group: ReceiverGroup, _ manifests: ClusterView?, _ view: ClusterView
) -> Finding? {
    guard let manifests, manifests.isComplete(kind: "StatefulSet"),
        let wanted = manifests.objects[group.reference]?.spec,
        let live = group.workload.object.spec
    else { return nil }
    let changes = ImmovableField.all.filter { $0.differs(wanted, live) }
    guard let first = changes.first, let place = wanted.key(first.name) else { return nil }
    let names = changes.map(\.name).joined(separator: ", ")
    return Finding(
        "\(group.reference) differs from its manifest in \(names), which cannot be changed: the "
            + "apply is refused",
        object: group.reference, at: place.range, label: "differs from what runs",
        evidence: [
            EvidenceItem(
                "cluster", "the live object has another \(names)",
                command: view.kubectl(
                    "get statefulset \(group.reference.name) -o yaml",
                    namespace: group.reference.namespace))
        ],
        repair: recreation(of: group, view))
}

private func recreation(of group: ReceiverGroup, _ view: ClusterView) -> Repair {
    Repair(
        command: view.kubectl(
            "delete statefulset \(group.reference.name) --cascade=orphan",
            namespace: group.reference.namespace),
        text: "delete the StatefulSet alone and apply it again: pods and claims stay; a claim's "
            + "size is changed at the claim")
}

/// A field of a StatefulSet's spec that stays as it was made.
private struct ImmovableField {
    let name: String
    let differs: @Sendable (_ wanted: Node, _ live: Node) -> Bool

    static let all = [
        ImmovableField(name: "serviceName") { wanted, live in
            guard let name = wanted["serviceName"]?.string else { return false }
            return name != live["serviceName"]?.string ?? ""
        },
        ImmovableField(name: "podManagementPolicy") { wanted, live in
            guard let policy = wanted["podManagementPolicy"]?.string else { return false }
            return policy != live["podManagementPolicy"]?.string ?? "OrderedReady"
        },
        ImmovableField(name: "selector") { wanted, live in
            wanted["selector"]?["matchLabels"].stringMap ?? [:]
                != live["selector"]?["matchLabels"].stringMap ?? [:]
        },
        ImmovableField(name: "volumeClaimTemplates") { wanted, live in
            let (wanted, live) = (templates(wanted), templates(live))
            return wanted.map(\.name) != live.map(\.name)
                || zip(wanted, live).contains { $0.differs(from: $1) }
        },
    ]

    private static func templates(_ spec: Node) -> [ClaimTemplate] {
        spec["volumeClaimTemplates"].items.map(ClaimTemplate.init)
    }
}

/// What people state of a claim template; the rest is the API server's default.
private struct ClaimTemplate {
    let name: String?
    private let storage: Quantity?
    private let storageClass: String?
    private let accessModes: [String]

    init(_ node: Node) {
        name = node["metadata"]?["name"]?.string
        let spec = node["spec"]
        storage = storageSize(node)
        storageClass = spec?["storageClassName"]?.string
        accessModes = spec?["accessModes"].items.compactMap(\.string) ?? []
    }

    func differs(from live: ClaimTemplate) -> Bool {
        storage != live.storage || (storageClass != nil && storageClass != live.storageClass)
            || accessModes != live.accessModes
    }
}
