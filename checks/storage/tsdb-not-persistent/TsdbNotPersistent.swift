import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel
import ReceiveFlags

extension Check {
    static let tsdbNotPersistent = Check(
        "tsdb-not-persistent",
        severity: .error,
        stage: .preInstall,
        summary: "The TSDB does not lie on a volume that outlives the pod",
        why: """
            A block is uploaded about three hours after its first sample. What is younger lies in \
            the TSDB alone, and goes with the pod when that is moved or replaced, unless \
            --tsdb.path is on a volume of its own.
            """,
        fix: """
            Let --tsdb.path lie at or below the mountPath of a claim: volumeClaimTemplates in a \
            StatefulSet give each receiver one. Literal quotes in an argument belong to the path.
            """,
        needs: .receivers, .view,
        references: [
            "https://thanos.io/tip/components/receive.md/",
            "https://github.com/thanos-io/thanos/issues/629",
            "https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/",
        ],
        examples: tsdbNotPersistentExamples
    ) { receivers, view in
        receivers.filter { $0.flags.mode.stores && !$0.isPatch && $0.tsdbPathIsKnown }
            .compactMap { group in
                guard let place = TSDBPlace(group),
                    // A base whose overlay adds the volume is not the whole truth.
                    !place.mayStandElsewhere || view.otherManifests(of: group.workload).isEmpty
                else { return nil }
                return finding(place, group, view)
            }
    }
}

private func finding(
    _ place: TSDBPlace, _ group: ReceiverGroup, _ view: ClusterView
) -> Finding {
    let path = group.flags.tsdbPath
    let range = group.range(ofFlag: "--tsdb.path")
    let given = group.flags.isGiven("--tsdb.path")
    return Finding(
        place.message(path), object: group.reference, at: place.range ?? range, label: place.label,
        severity: place.severity, confidence: .certain,
        alsoAt: place.range == nil || !given ? [] : [Place(range, "the TSDB")],
        evidence: [
            EvidenceItem(
                view.isCluster ? "cluster" : "manifest", place.evidence(path),
                command: view.kubectl(
                    "get \(group.reference.kind.lowercased()) \(group.reference.name) -o yaml",
                    namespace: group.reference.namespace))
        ],
        repair: Repair(
            edits: place.betterPath.flatMap { better in
                given ? [TextEdit.replacing(path, with: better, within: range)] : nil
            } ?? [],
            text: place.remedy),
        about: group.pods.map(\.reference))
}

extension ReceiverGroup {
    /// Whether the path is written out, or begins at a place that is.
    fileprivate var tsdbPathIsKnown: Bool {
        !flags.tsdbPath.hasPrefix("$") && !flags.tsdbPath.contains("{{")
    }
}
