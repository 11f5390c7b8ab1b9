import Diagnosis

extension Check {
    static let agentWalDiskFullExamples: [Example] = [
        .triggers(
            "no room for what is scraped",
            volume(AgentExample.running(status: running), mark: " # <-- finding")
                + AgentExample.log(full)),
        .triggers(
            "the volume belongs to root",
            volume(AgentExample.running(status: crashing), mark: " # <-- finding")
                + AgentExample.log(denied, previous: true)),
        .triggers(
            "the node puts the pod out",
            volume(
                AgentExample.running(
                    status:
                        "{reason: Evicted, message: \"Pod ephemeral local storage usage exceeds "
                        + "the total limit of containers 2Gi.\"}"), mark: " # <-- finding")),
        .triggers(
            "a new volume without fsGroup",
            volume(AgentExample.manifests(folder: ""), mark: " # <-- finding")),
        .passes(
            "a volume with room",
            volume(AgentExample.running(status: running)) + AgentExample.log("")),
        .passes(
            "a receiver's volume, which the agent only tells of",
            volume(AgentExample.running(status: running)) + AgentExample.log(answered)),
        .passes(
            "fsGroup in the pod",
            volume(AgentExample.manifests(folder: "")).replacing(
                "    spec:\n      containers",
                with: "    spec:\n      securityContext: {fsGroup: 2000}\n      containers")),
        .passes("a WAL that goes with the pod", AgentExample.manifests(folder: "")),
        .passes(
            "a full volume that was enlarged since",
            volume(AgentExample.running(status: running)) + AgentExample.log(full, previous: true)),
    ]

    private static let running =
        "{conditions: [{type: Ready, status: \"True\"}], "
        + "containerStatuses: [{name: prometheus, state: {running: {}}}]}"
    private static let crashing =
        "{containerStatuses: [{name: prometheus, state: {waiting: {reason: CrashLoopBackOff}}}]}"

    private static let full = """
        ts=2026-11-22T07:42:15.753Z caller=scrape.go:1351 level=error component="scrape manager" \
        scrape_pool=pods msg="Scrape commit failed" \
        err="write to WAL: log samples: write /prometheus/wal/00000690: no space left on device"
        """
    private static let answered = """
        ts=2026-11-22T07:42:15.753Z caller=dedupe.go:112 component=remote level=warn \
        remote_name=central msg="Failed to send batch, retrying" \
        err="server returned HTTP status 500 Internal Server Error: commit samples: write to WAL: \
        log samples: write /data/a/wal/00000106: no space left on device"
        """
    private static let denied = """
        ts=2026-11-22T07:42:15.753Z caller=main.go:1197 level=error \
        err="opening storage failed: creating WAL: create dir: mkdir /prometheus/wal: permission \
        denied"
        """

    private static func volume(_ bundle: String, mark: String = "") -> String {
        bundle.replacing(
            "volumeMounts: [{name: config, mountPath: /etc/prometheus}]",
            with: """
                volumeMounts:
                            - {name: config, mountPath: /etc/prometheus}
                            - {name: wal, mountPath: /prometheus}\(mark)
                """
        ).replacing(
            "configMap: {name: agent}}]\n",
            with: "configMap: {name: agent}}]\n  volumeClaimTemplates: [{metadata: {name: wal}}]\n")
    }
}
