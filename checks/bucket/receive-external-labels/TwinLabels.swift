import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel
import ReceiveFlags

/// Receivers that cannot be told apart by their external labels.
struct TwinLabels {
    let message: String
    let severity: Severity
    var evidence: EvidenceItem?
    var others: [ObjectReference] = []

    init?(
        _ group: ReceiverGroup, among views: [ClusterView], _ queries: [QueryState],
        _ view: ClusterView
    ) {
        let flags = group.flags
        // A label that cannot be read is another fault; a router stores nothing.
        guard flags.mode.stores, flags.labels.count == flags.texts(of: "--label").count else {
            return nil
        }
        if let seen = Self.seen(by: queries, group, view) {
            message = seen.what
            severity = .error
            evidence = seen
            return
        }
        let names = flags.labels.map(\.name).joined(separator: ", ")
        let uploads = group.objectStore.isConfigured
        // A pod more is one of a rollout; DaemonSets state no number.
        let count =
            group.workload.object.kind == "DaemonSet"
            ? group.wantedPods : group.workload.replicas
        if group.varyingLabels.isEmpty, count > 1 {
            message =
                "all \(counted(count, "receiver")) have the same external labels: "
                + "\(names) \(flags.labels.count == 1 ? "is" : "are") the same in every pod"
            severity = uploads ? .error : .warning
            return
        }
        let twins = views.filter { $0.isWhole && $0.isCluster == view.isCluster }.flatMap { other in
            other.pipeline.receivers.filter { Self.isTwin($0, in: other, of: group, in: view) }
                .map { (group: $0, view: other) }
        }
        guard uploads, view.isWhole, let first = twins.first else { return nil }
        let place = first.view.name == view.name ? "" : " in \(first.view.name)"
        let isOne = group.wantedPods == 1
        message =
            (isOne ? "it has" : "its pods have") + " the same external labels as "
            + "\(first.group.reference)\(place), and \(isOne ? "uploads" : "upload") "
            + "to the same bucket"
        severity = .error
        others = twins.filter { $0.view.name == view.name }.map(\.group.reference)
    }

    /// Whether the blocks of two groups cannot be told apart in one bucket: pods are named after
    /// their StatefulSet, so that two of one name have pods of the same names.
    private static func isTwin(
        _ other: ReceiverGroup, in place: ClusterView, of group: ReceiverGroup, in view: ClusterView
    ) -> Bool {
        let objects = [group, other].map(\.workload.object)
        let identities = objects.compactMap { $0.metadata?["uid"]?.string }
        // A cluster may be looked at by two contexts.
        let isItself =
            place.name == view.name && other.reference == group.reference
            || identities.count == 2 && identities[0] == identities[1]
        guard !isItself, other.flags.mode.stores, !other.isPatch, !other.workload.isAtRest,
            !group.workload.isAtRest,
            objects.allSatisfy({ $0.kind == "StatefulSet" || $0.kind == "Deployment" })
        else { return false }
        let isNumbered = objects.allSatisfy { $0.kind == "StatefulSet" }
        let labels = group.firstExternalLabels
        return labels != nil && labels == other.firstExternalLabels
            && (isNumbered || group.varyingLabels.isEmpty)
            && other.objectStore.isSame(as: group.objectStore) == true
            && (place.name == view.name
                || other.objectStore.isOutside(seenFrom: other.reference.namespace))
    }

    /// Two addresses of pods behind which Query sees the same labels.
    private static func seen(
        by queries: [QueryState], _ group: ReceiverGroup, _ view: ClusterView
    ) -> EvidenceItem? {
        let addresses = Dictionary(
            group.pods.compactMap { pod in pod.address.map { ($0, pod.name) } }
        ) { first, _ in first }
        for query in queries {
            let own = query.stores.filter { store in
                store.type == "receive" && !store.labelSets.isEmpty
                    && addresses[store.host] != nil
            }
            for (index, store) in own.enumerated() {
                let twin = own[(index + 1)...].first { other in
                    other.host != store.host && Set(other.labelSets) == Set(store.labelSets)
                }
                guard let twin, let one = addresses[store.host], let two = addresses[twin.host]
                else { continue }
                return EvidenceItem(
                    "query", "\(one) and \(two) announce the same external labels",
                    command: query.command("/api/v1/stores", in: view))
            }
        }
        return nil
    }
}
