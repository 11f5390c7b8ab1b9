import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel
import ReceiveFlags

/// What object storage answers a group of receivers, or the look into their bucket, when it is one
/// kind of refusal.
struct StorageTrouble {
    let group: ReceiverGroup
    /// What the receivers wrote, by pod.
    let failures: [UploadFailure]
    /// What the look into the bucket came back with.
    let answer: BucketState.Failure?
    private let bucket: BucketState?

    /// The receivers with such a refusal.
    static func all(
        _ receivers: [ReceiverGroup], _ running: ByOwner<RunningGroup>?, _ buckets: [BucketState]?,
        _ view: ClusterView, where isMeant: (ReceiverGroup, BucketState.Failure) -> Bool
    ) -> [StorageTrouble] {
        receivers.compactMap { group in
            let logs = running?.of(group.reference)
            let failures = (logs.map { UploadFailure.all(of: $0, view) } ?? []).filter { failure in
                failure.kind.map { isMeant(group, .init($0, failure.error)) } ?? false
            }
            let bucket = buckets?.first { $0.users.contains(group.reference) }
            let answer = bucket?.failures.first { isMeant(group, $0) }
            guard !failures.isEmpty || answer != nil else { return nil }
            return StorageTrouble(
                group: group, failures: failures, answer: answer,
                bucket: answer == nil ? nil : bucket)
        }
    }

    /// The finding: certain when receivers say so now, or the store's answer holds from anywhere.
    ///
    /// - Parameter isCertain: whether the answer to this program is the answer to the receivers.
    func finding(
        _ what: String, isCertain: Bool, now: Double, _ view: ClusterView, repair: Repair
    ) -> Finding {
        let isSaidNow = failures.contains { !$0.isOld(at: now) }
        let isProved = isSaidNow || (answer != nil && isCertain)
        let words = failures.max { $0.time ?? 0 < $1.time ?? 0 }?.error ?? answer?.words ?? ""
        let whom = failures.isEmpty ? "" : " for \(counted(failures.count, "receiver"))"
        return Finding(
            "\(what)\(whom): \(words)",
            object: group.reference, at: group.range(ofFlag: group.objstoreFlag),
            label: "names the bucket's configuration", severity: isProved ? nil : .warning,
            confidence: isProved ? .certain : .likely, evidence: evidence(view), repair: repair,
            about: failures.map(\.pod) + (bucket?.users.filter { $0 != group.reference } ?? []))
    }

    private func evidence(_ view: ClusterView) -> [EvidenceItem] {
        var items = failures.map(\.evidence)
        if let answer, let bucket {
            let pod = group.pods.first?.name ?? "\(group.reference.name)-0"
            items.append(
                EvidenceItem(
                    "bucket", "\(bucket.name): \(answer.message)",
                    command: view.kubectl(
                        "logs \(pod) -c \(group.container.name) | grep -i upload",
                        namespace: group.reference.namespace)))
        }
        return items
    }
}

extension BucketState.Failure {
    /// What the store said, as the end of a message.
    var words: String { message.hasSuffix(".") ? String(message.dropLast()) : message }
}

extension BucketState {
    /// Everything that the store refused: the listing, or a step of the write probe.
    var failures: [Failure] {
        (failure.map { [$0] } ?? []) + (writeProbe ?? []).compactMap(\.failure)
    }
}

extension ReceiverGroup {
    /// The flag by which the bucket's configuration is given.
    var objstoreFlag: String {
        flags.isGiven("--objstore.config-file") ? "--objstore.config-file" : "--objstore.config"
    }
}
