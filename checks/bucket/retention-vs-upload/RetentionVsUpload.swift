import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel
import ReceiveFlags

extension Check {
    static let retentionVsUpload = Check(
        "retention-vs-upload",
        severity: .warning,
        stage: .preInstall,
        summary: "The receiver drops its local data before the bucket is sure to serve it",
        why: """
            A block is cut and uploaded about three block durations after its first sample. A \
            shorter retention leaves a gap in queries, and no time to notice that uploads fail.
            """,
        fix: """
            Keep at least three block durations, better a day, with --tsdb.retention=24h, and size \
            the volume for it.
            """,
        needs: .receivers, .view,
        references: [
            "https://thanos.io/tip/components/receive.md/",
            "https://github.com/thanos-io/thanos/issues/7166",
        ],
        examples: [
            .triggers(
                "two hours in the local TSDB",
                receiver(
                    "[receive, --tsdb.retention=2h, --objstore.config-file=/o] # <-- finding")),
            .triggers(
                "a day is little for blocks of half a day",
                receiver(
                    "[receive, --tsdb.retention=1d, --tsdb.max-block-duration=12h, "
                        + "--objstore.config=x] # <-- finding")),
            .passes(
                "the default of 15 days", receiver("[receive, --objstore.config-file=/o.yaml]")),
            .passes(
                "three blocks",
                receiver("[receive, --tsdb.retention=6h, --objstore.config-file=/o.yaml]")),
            .passes(
                "0d keeps everything",
                receiver("[receive, --tsdb.retention=0d, --objstore.config-file=/o.yaml]")),
            .passes("nothing is uploaded", receiver("[receive, --tsdb.retention=2h]")),
            .passes(
                "a base whose overlay says otherwise",
                receiver("[receive, --tsdb.retention=2h, --objstore.config-file=/o.yaml]")
                    + receiver(
                        "[receive, --tsdb.retention=1d, --objstore.config-file=/o.yaml]",
                        in: "overlay.yaml")),
        ]
    ) { receivers, view in
        receivers.compactMap { finding($0, view) }
    }

    private static func receiver(_ arguments: String, in file: String = "receiver.yaml") -> String {
        """
        -- \(file) --
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: receiver, namespace: monitoring}
        spec:
          template:
            spec:
              containers:
                - name: receive
                  image: quay.io/thanos/thanos:v0.37.2
                  args: \(arguments)

        """
    }
}

private func finding(_ group: ReceiverGroup, _ view: ClusterView) -> Finding? {
    let flags = group.flags
    guard flags.objstoreConfig != nil || flags.objstoreConfigFile != nil,
        group.isWhole(in: view), flags.mode.stores,
        let stated = flags.occurrence(of: "--tsdb.retention")?.value,
        let retention = flags.tsdbRetention, retention > .zero,
        let block = [flags.minBlockDuration, flags.maxBlockDuration].compactMap(\.self).max(),
        retention < block * 3
    else { return nil }
    let range = group.range(ofFlag: "--tsdb.retention")
    return Finding(
        "--tsdb.retention=\(stated) is less than three blocks of \(hours(block)): data goes before "
            + "the bucket is sure to serve it",
        object: group.reference, at: range, label: "\(hours(block * 3)) at least",
        evidence: [
            EvidenceItem(
                view.isCluster ? "cluster" : "manifest",
                "--tsdb.retention is \(stated), and uploads are configured",
                command: view.kubectl(
                    "get \(group.reference.kind.lowercased()) \(group.reference.name) -o yaml",
                    namespace: group.reference.namespace))
        ],
        repair: Repair(
            edits: [
                .replacing(stated, with: hours(max(block * 3, .seconds(86400))), within: range)
            ],
            text: "write --tsdb.retention=24h, and size the volume for it"))
}

private func hours(_ duration: Duration) -> String {
    let seconds = duration.components.seconds
    return seconds % 3600 == 0 ? "\(seconds / 3600)h" : "\(seconds / 60)m"
}
