import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel
import ReceiveFlags

/// Flags under which a TSDB grows until its volume is full.
func endlessGrowth(
    _ group: ReceiverGroup, _ claims: [KubernetesObject], _ view: ClusterView
) -> Finding? {
    guard group.flags.mode.stores, !group.isPatch else { return nil }
    var finding = endless(group, view) ?? limitAboveVolume(group, claims, view)
    finding?.standsAlone = true
    return finding
}

/// `--tsdb.retention=0d` keeps blocks for ever.
private func endless(_ group: ReceiverGroup, _ view: ClusterView) -> Finding? {
    let flags = group.flags
    guard let stated = flags.occurrence(of: "--tsdb.retention")?.value,
        flags.tsdbRetention == .zero, flags.byteCount(of: "--tsdb.max-retention-bytes") ?? 0 == 0
    else { return nil }
    let uploads = flags.objstoreConfig != nil || flags.objstoreConfigFile != nil
    let range = group.range(ofFlag: "--tsdb.retention")
    return Finding(
        "--tsdb.retention=\(stated) keeps every block, and nothing bounds their size: the volume "
            + "fills sooner or later",
        object: group.reference, at: range, label: "for ever",
        // Without a bucket the volume may be the only archive there is, and be watched as one.
        severity: uploads ? .warning : .info, confidence: .likely,
        evidence: [evidence("--tsdb.retention is \(stated)", group, view)],
        repair: Repair(
            edits: uploads ? [.replacing(stated, with: "15d", within: range)] : [],
            text: "state a retention that the volume holds, or --tsdb.max-retention-bytes"))
}

/// A limit that is reached after the volume is full protects nothing.
private func limitAboveVolume(
    _ group: ReceiverGroup, _ claims: [KubernetesObject], _ view: ClusterView
) -> Finding? {
    let flags = group.flags
    guard let stated = flags.occurrence(of: "--tsdb.max-retention-bytes")?.value,
        let limit = flags.byteCount(of: "--tsdb.max-retention-bytes"), limit > 0,
        let size = volumeSize(of: group, claims), Double(limit) >= size.value
    else { return nil }
    return Finding(
        "--tsdb.max-retention-bytes=\(stated) is no less than the volume's \(size.bytesText): it "
            + "is full before old blocks go",
        object: group.reference, at: group.range(ofFlag: "--tsdb.max-retention-bytes"),
        label: "a limit for each tenant", severity: .warning, confidence: .likely,
        evidence: [
            evidence("the limit is \(stated), the volume has \(size.bytesText)", group, view)
        ],
        repair: Repair(
            text: "let the limits of all tenants together stay below 80 % of the volume"))
}

/// The smallest volume of the group: claims may have grown beyond their template.
private func volumeSize(of group: ReceiverGroup, _ claims: [KubernetesObject]) -> Quantity? {
    let names = Set(group.pods.compactMap(group.tsdbClaim(of:)))
    let sizes = claims.filter { names.contains($0.reference) }.compactMap { storageSize($0.node) }
    return sizes.min() ?? group.tsdbClaimTemplate.flatMap(storageSize)
}

private func evidence(
    _ what: String, _ group: ReceiverGroup, _ view: ClusterView
) -> EvidenceItem {
    EvidenceItem(
        view.isCluster ? "cluster" : "manifest", what,
        command: view.kubectl(
            "get \(group.reference.kind.lowercased()) \(group.reference.name) -o yaml",
            namespace: group.reference.namespace))
}
