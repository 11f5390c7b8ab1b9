import Diagnosis
import Evidence
import KubernetesModel
import PipelineModel
import ReceiveFlags

/// Receivers that cannot be told apart by their external labels.
struct TwinLabels {
    let message: String
    let severity: Severity
    var evidence: EvidenceItem?
    var others: [ObjectReference] = []

    init?(
        _ group: ReceiverGroup, among receivers: [ReceiverGroup], _ queries: [QueryState],
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
        guard group.varyingLabels.isEmpty else { return nil }
        let names = flags.labels.map(\.name).joined(separator: ", ")
        let uploads = group.objectStore.isConfigured
        if group.wantedPods > 1 {
            message =
                "all \(counted(group.wantedPods, "receiver")) have the same external labels: "
                + "\(names) \(flags.labels.count == 1 ? "is" : "are") the same in every pod"
            severity = uploads ? .error : .warning
            return
        }
        let twins = receivers.filter { other in
            other.reference != group.reference && other.flags.mode.stores && !other.isPatch
                && Set(other.flags.labels) == Set(flags.labels)
                && other.objectStore.isSame(as: group.objectStore) == true
        }
        guard uploads, view.isWhole, let first = twins.first else { return nil }
        message =
            "it has the same external labels as \(first.reference), and uploads to the same bucket"
        severity = .error
        others = twins.map(\.reference)
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
