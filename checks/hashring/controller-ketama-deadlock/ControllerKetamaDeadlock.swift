import Diagnosis
import Evidence
import Hashrings
import KubernetesModel
import MarkedYAML
import PipelineModel
import ReceiveFlags

extension Check {
    static let controllerKetamaDeadlock = Check(
        "controller-ketama-deadlock",
        severity: .error,
        summary: "The receive controller and ketama wait for each other",
        why: """
            With ketama a receiver exits while its hashring has fewer endpoints than copies are \
            asked for. A controller that lists only ready pods never lists it then: neither the \
            first start nor the return from a full outage ever ends.
            """,
        fix: """
            Let routers mount the generated hashring and give the ingestors none, so that they \
            become ready without it; or take --allow-only-ready-replicas away. Every StatefulSet of \
            ingestors needs both labels of the controller.
            """,
        needs: .receiverFiles, .components, .view,
        references: [
            "https://github.com/observatorium/thanos-receive-controller",
            "https://github.com/thanos-io/thanos/issues/7054",
        ],
        examples: controllerKetamaDeadlockExamples
    ) { receivers, components, view in
        components.compactMap { GeneratedRing($0, receivers: receivers) }.flatMap { ring in
            ring.readers.compactMap { waiting($0, ring, view) } + unlabelled(ring, receivers, view)
        }
    }
}

/// A receiver that stores, routes by the generated ring with ketama, and is only listed when ready.
private func waiting(
    _ group: ReceiverGroup, _ ring: GeneratedRing, _ view: ClusterView
) -> Finding? {
    guard let onlyReady = ring.onlyReady, group.flags.mode == .routerIngestor,
        usesKetama(group)
    else { return nil }
    let isStuck = isEmpty(group) && !group.pods.isEmpty && !group.pods.contains(where: \.isReady)
    let state =
        isStuck
        ? "no pod is ready, and the hashring has too few endpoints"
        : "they would not start again after all of them were down"
    return Finding(
        "the receivers wait for a hashring, and the controller for ready receivers: \(state)",
        object: group.reference, at: onlyReady.range, label: "lists ready pods only",
        severity: isStuck ? nil : .warning, confidence: isStuck ? .certain : .likely,
        alsoAt: [Place(group.range(ofFlag: "--receive.hashrings-file"), "ends without a ring")],
        evidence: [
            EvidenceItem(
                view.objectSource,
                "\(ring.configMap) is written by \(ring.controller.reference) and read by "
                    + "\(group.reference), which stores with ketama",
                command: view.kubectl(
                    "get configmap \(ring.configMap.name) -o yaml",
                    namespace: ring.configMap.namespace))
        ],
        repair: Repair(
            text: "mount the generated hashring into routers only, or start without "
                + "--allow-only-ready-replicas"),
        about: [ring.controller.reference, ring.configMap] + group.services.map(\.reference))
}

private func usesKetama(_ group: ReceiverGroup) -> Bool {
    let flag = HashringAlgorithm(rawValue: group.flags.hashringsAlgorithm) ?? .hashmod
    guard case .configured(let rings, from: _) = group.hashring, !rings.rings.isEmpty else {
        return flag == .ketama
    }
    return rings.rings.contains { $0.effectiveAlgorithm(flag: flag) == .ketama }
}

private func isEmpty(_ group: ReceiverGroup) -> Bool {
    guard case .configured(let rings, from: _) = group.hashring else { return false }
    return rings.rings.allSatisfy { $0.endpoints.count < group.replicationFactor }
}

/// Ingestors that the controller does not find, while it finds no other.
private func unlabelled(
    _ ring: GeneratedRing, _ receivers: [ReceiverGroup], _ view: ClusterView
) -> [Finding] {
    let sets = receivers.filter {
        $0.workload.object.kind == "StatefulSet" && $0.flags.mode != .routerOnly
            && $0.workload.namespace == ring.configMap.namespace && $0.isWhole(in: view)
    }
    guard !ring.readers.isEmpty, !sets.contains(where: { ring.takes($0.workload) }),
        let group = sets.first
    else { return [] }
    let isCertain = view.isComplete(kind: "StatefulSet")
    let labels = group.workload.object.labels
    let missing =
        labels[ring.label.key] == ring.label.value
        ? GeneratedRing.ringLabel : "\(ring.label.key)=\(ring.label.value)"
    let patch =
        "{\"metadata\":{\"labels\":{\"\(ring.label.key)\":\"\(ring.label.value)\","
        + "\"\(GeneratedRing.ringLabel)\":\"\(labels[GeneratedRing.ringLabel] ?? "default")\"}}}"
    return [
        Finding(
            "no StatefulSet of receivers has the label \(missing): the controller writes a "
                + "hashring without endpoints",
            object: group.reference,
            at: (group.workload.object.metadata?["labels"]
                ?? group.workload.object.metadata?["name"])?
                .range ?? group.workload.object.range,
            label: "without \(missing)", severity: isCertain ? nil : .warning,
            confidence: isCertain ? .certain : .likely,
            evidence: [
                EvidenceItem(
                    view.objectSource,
                    "\(ring.controller.reference) looks for \(ring.label.key)=\(ring.label.value)",
                    command: view.kubectl(
                        "get statefulsets --show-labels", namespace: ring.configMap.namespace))
            ],
            repair: Repair(
                command: view.isCluster ? view.kubectlPatch(group.reference, patch) : nil,
                text: "give the StatefulSet the labels \(ring.label.key): \(ring.label.value) and "
                    + "\(GeneratedRing.ringLabel), whose value is the name of the ring"),
            about: [ring.controller.reference, ring.configMap] + ring.readers.map(\.reference))
    ]
}
