import Diagnosis
import Evidence
import KubernetesModel
import PipelineModel

extension MeasuredGroup {
    /// Volumes that are nearly full by what the TSDBs say of themselves.
    func filling(_ claims: [KubernetesObject], _ view: ClusterView) -> Finding? {
        let volumes = pods.compactMap { volume(of: $0, claims) }
        guard let worst = volumes.max(by: { $0.share < $1.share }) else { return nil }
        return Finding(
            "the TSDB of \(worst.pod.name) takes \(worst.used.bytesText) of "
                + "\(worst.capacity.bytesText), and the volume is nearly full",
            object: group.reference, at: group.range(ofFlag: "--tsdb.path"),
            label: "\(Int(worst.share * 100)) % are taken", severity: .warning, confidence: .likely,
            evidence: volumes.map { $0.evidence(view) },
            repair: Repair(
                command: view.kubectl(
                    "describe pvc \(worst.claim.name)", namespace: worst.claim.namespace),
                text: "see that uploads work, expand the claim, or lower --tsdb.retention"),
            about: volumes.flatMap { [$0.pod, $0.claim] })
    }

    private func volume(of page: ScrapedPod, _ claims: [KubernetesObject]) -> FillingVolume? {
        let names = [
            "prometheus_tsdb_storage_blocks_bytes", "prometheus_tsdb_wal_storage_size_bytes",
            "prometheus_tsdb_head_chunks_storage_size_bytes",
        ]
        let used = names.compactMap { page.sum($0) }.reduce(0, +)
        guard let pod = group.pods.first(where: { $0.reference == page.pod }),
            let claim = group.tsdbClaim(of: pod),
            let object = claims.first(where: { $0.reference == claim }),
            let capacity = storageSize(object.node), capacity.value > 0
        else { return nil }
        let volume = FillingVolume(
            pod: page.pod, claim: claim, used: Quantity(value: used), capacity: capacity)
        // More than there is: the size of such a volume is a wish, as of a local path.
        return (0.85...1.02).contains(volume.share) ? volume : nil
    }
}

private struct FillingVolume {
    let pod: ObjectReference
    let claim: ObjectReference
    let used: Quantity
    let capacity: Quantity

    var share: Double { used.value / capacity.value }

    func evidence(_ view: ClusterView) -> EvidenceItem {
        EvidenceItem(
            "cluster",
            "pod \(pod.name): blocks, WAL and head take \(used.bytesText), claim \(claim.name) "
                + "holds \(capacity.bytesText)",
            command: view.kubectl("get pvc \(claim.name)", namespace: claim.namespace))
    }
}
