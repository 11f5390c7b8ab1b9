import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel
import ReceiveFlags

/// Two that work on one bucket undo each other's work, unless each takes its own share of blocks.
func severalCompactors(
    on compactor: ThanosComponent, among views: [ClusterView], _ view: ClusterView
) -> Finding? {
    let twins = views.filter { $0.isWhole && $0.isCluster == view.isCluster }.flatMap { other in
        other.pipeline.components.filter { $0.isTwin(in: other, of: compactor, in: view) }
            .map { (reference: $0.reference, isHere: other.name == view.name, cluster: other.name) }
    }
    let replicas = compactor.workload.object.kind == "CronJob" ? 1 : compactor.workload.replicas
    guard !compactor.isSharded, !compactor.workload.isAtRest, replicas > 1 || !twins.isEmpty else {
        return nil
    }
    let what =
        replicas > 1
        ? "\(replicas) Compactors run from one workload"
        : "it works on the same bucket as "
            + listed(twins.map { "\($0.reference)\($0.isHere ? "" : " in \($0.cluster)")" })
    return Finding(
        "\(what): blocks are compacted twice, and overlap", object: compactor.reference,
        at: (replicas > 1 ? compactor.workload.object.spec?["replicas"]?.range : nil)
            ?? compactor.nameRange,
        evidence: [
            EvidenceItem(
                view.isCluster ? "cluster" : "manifest", what,
                command: view.kubectl(
                    "get \(compactor.reference.kind.lowercased()) \(compactor.reference.name)",
                    namespace: compactor.reference.namespace))
        ],
        repair: Repair(text: "run one Compactor for each bucket, or share blocks by selector"),
        about: twins.filter(\.isHere).map(\.reference))
}

/// Samples out of order make blocks that overlap by design.
func unmergedDisorder(
    _ compactor: ThanosComponent, _ sharing: [ReceiverGroup], _ view: ClusterView
) -> Finding? {
    let takes = sharing.filter { ($0.flags.outOfOrderTimeWindow ?? .zero) > .zero }
    guard !compactor.isVertical, let first = takes.first else { return nil }
    return Finding(
        "receivers take samples out of order, and vertical compaction is not enabled",
        object: compactor.reference, at: compactor.nameRange, severity: .warning,
        confidence: .likely,
        alsoAt: [Place(first.range(ofFlag: "--tsdb.out-of-order.time-window"), "taken here")],
        evidence: [
            EvidenceItem(
                view.isCluster ? "cluster" : "manifest",
                "neither --compact.enable-vertical-compaction nor --deduplication.replica-label",
                command: view.kubectl(
                    "get \(compactor.reference.kind.lowercased()) \(compactor.reference.name) "
                        + "-o yaml",
                    namespace: compactor.reference.namespace))
        ],
        repair: Repair(text: "add --compact.enable-vertical-compaction; it cannot be undone"),
        about: takes.map(\.reference))
}

/// Copies that nobody merges stay in the bucket, each of them for ever.
func unmergedCopies(
    _ compactor: ThanosComponent, _ sharing: [ReceiverGroup], _ view: ClusterView
) -> Finding? {
    let copied = sharing.filter { $0.replicationFactor > 1 }
    let flag = "--deduplication.replica-label"
    guard let first = copied.first, compactor.values(of: flag).isEmpty else { return nil }
    let copies = first.replicationFactor
    return Finding(
        "the bucket keeps all \(copies) copies of a sample: \(flag) is not given",
        object: compactor.reference, at: compactor.nameRange, severity: .info,
        confidence: .likely,
        alsoAt: [Place(first.range(ofFlag: "--receive.replication-factor"), "\(copies) copies")],
        evidence: [
            EvidenceItem(
                view.objectSource, "no \(flag)",
                command: view.kubectl(
                    "get \(compactor.reference.kind.lowercased()) \(compactor.reference.name) "
                        + "-o yaml",
                    namespace: compactor.reference.namespace))
        ],
        repair: Repair(
            text: "name the label that differs between the receivers with \(flag), and add "
                + "--compact.enable-vertical-compaction; it cannot be undone"),
        about: copied.map(\.reference))
}

extension ThanosComponent {
    /// Whether it works on the bucket of another Compactor, and on all of it.
    fileprivate func isTwin(
        in place: ClusterView, of compactor: ThanosComponent, in view: ClusterView
    ) -> Bool {
        let isHere = place.name == view.name
        let identities = [self, compactor].compactMap {
            $0.workload.object.metadata?["uid"]?.string
        }
        // A cluster may be looked at by two contexts.
        let isItself =
            isHere && reference == compactor.reference
            || identities.count == 2 && identities[0] == identities[1]
        return !isItself && program == .compact && container.image != nil && !isSharded
            && !workload.isAtRest
            && objectStore.isSame(as: compactor.objectStore) == true
            && (isHere || objectStore.isOutside(seenFrom: reference.namespace))
    }
}
