import Diagnosis
import Evidence
import KubernetesModel
import PipelineModel

/// What object storage answers a Store Gateway or a Compactor, whose keys may be others than the
/// receivers'.
struct ComponentTrouble {
    let component: ThanosComponent
    let pod: ObjectReference
    let error: String
    let kind: BucketState.Failure.Kind
    private let time: Double?
    private let command: String

    /// The components whose last word on the bucket is such a refusal, one pod of each.
    ///
    /// - Parameter known: the receivers that are refused likewise; who shares their configuration
    ///   says nothing new.
    static func all(
        in running: ByOwner<RunningComponent>?, besides known: [StorageTrouble],
        _ view: ClusterView,
        where isMeant: (BucketState.Failure.Kind) -> Bool
    ) -> [ComponentTrouble] {
        (running ?? ByOwner([])).compactMap { running in
            let isKnown = known.contains {
                $0.group.objectStore.isSame(as: running.component.objectStore) == true
            }
            let readers: [ThanosComponent.Program] = [.store, .compact, .rule, .sidecar]
            guard !isKnown, readers.contains(running.component.program) else { return nil }
            return running.logs.lazy.compactMap { last(in: $0, running.component, view) }
                .first { isMeant($0.kind) }
        }
    }

    private static func last(
        in log: ContainerLog, _ component: ThanosComponent, _ view: ClusterView
    ) -> ComponentTrouble? {
        guard !log.isPrevious else { return nil }
        var last: ComponentTrouble?
        for line in log.lines {
            let record = LogRecord(line)
            if successes.contains(record.message) { last = nil }
            guard ["warn", "error"].contains(record["level"]?.lowercased()),
                let error = record.error,
                error.contains("bucket") || record.message.hasSuffix("upload failed"),
                let kind = UploadFailure.kind(of: error)
            else { continue }
            last = ComponentTrouble(
                component: component, pod: log.pod,
                error: error.hasSuffix(".") ? String(error.dropLast()) : error, kind: kind,
                time: record.time, command: log.showing(in: view))
        }
        return last
    }

    /// What the fetcher of block metadata says when it is through (Thanos' pkg/block/fetcher.go),
    /// and the shipper when it begins with a block.
    private static let successes: Set = [
        "successfully synchronized block metadata", "upload new block",
    ]

    /// The finding: they ask the bucket every few minutes, so that an old word proves little.
    func finding(_ what: String, now: Double, repair: Repair) -> Finding {
        let isOld = time.map { now - $0 > 3600 } ?? false
        return Finding(
            "\(what) for \(component.reference): \(error)",
            object: component.reference, at: component.nameRange,
            label: "asks the bucket", severity: isOld ? .warning : .error,
            confidence: isOld ? .likely : .certain,
            evidence: [EvidenceItem("logs", "pod \(pod.name): \(error)", command: command)],
            repair: repair, about: [pod])
    }
}
