import Diagnosis
import Evidence
import KubernetesModel
import PipelineModel
import ReceiveFlags

/// Operations on the bucket that fail now, as receivers count them: the tail of a log may not
/// reach back to the reason.
///
/// The shipper's own counter of failed uploads stands still in its default mode.
struct FailingOperations {
    static let metric = "thanos_objstore_bucket_operation_failures_total"
    /// What a shipper does with a new block.
    private static let operations = ["exists", "upload"]

    private let pods: [(pod: ObjectReference, perMinute: Double)]

    init?(_ pages: [ScrapedPod]) {
        pods = pages.compactMap { page in
            let rates = Self.operations.compactMap {
                page.rate(Self.metric, where: ["operation": $0])
            }
            let rate = rates.reduce(0, +) * 60
            return rate > 0 ? (page.pod, rate) : nil
        }
        guard !pods.isEmpty else { return nil }
    }

    func finding(_ group: ReceiverGroup, _ view: ClusterView) -> Finding {
        Finding(
            "operations on the bucket fail at \(counted(pods.count, "receiver")), and the logs do "
                + "not reach back to the reason",
            object: group.reference, at: group.range(ofFlag: group.objstoreFlag),
            label: "does not take blocks", severity: .warning, confidence: .likely,
            evidence: pods.prefix(4).map { pod, rate in
                group.growth(
                    ": \(whole(rate.rounded(.up))) operations a minute fail", of: pod, Self.metric,
                    in: view)
            },
            repair: Repair(
                command: pods.first.map {
                    view.kubectl(
                        "logs \($0.pod.name) -c \(group.container.name) --tail=-1 "
                            + "| grep -i 'upload failed' | tail -3",
                        namespace: group.reference.namespace)
                },
                text: "mend what the older log names"),
            about: pods.map(\.pod))
    }
}
