import Diagnosis

extension Check {
    static let stsUpdateBlockedExamples: [Example] = [
        .triggers(
            "fsGroup was added, and the pod without it still crashes",
            live(mark: " # <-- finding", state: "{waiting: {reason: CrashLoopBackOff}}")),
        .passes(
            "the pod that crashes is of the new template",
            live(revision: "b", state: "{waiting: {reason: CrashLoopBackOff}}")),
        .passes(
            "Parallel replaces it",
            live(
                settings: "podManagementPolicy: Parallel",
                state: "{waiting: {reason: CrashLoopBackOff}}")),
        .passes("a rollout that goes on", live(state: "{running: {}}")),
        .triggers(
            "an old pod that has not been ready for an hour",
            live(mark: " # <-- finding", since: "2026-11-20T11:00:00Z", state: "{running: {}}")),
        .passes(
            "an old pod that has read its WAL for an hour",
            live(since: "2026-11-20T11:00:00Z", state: "{running: {}}") + replay),
        .triggers(
            "an old pod that crashes whenever it reads its WAL",
            live(
                mark: " # <-- finding", since: "2026-11-20T11:00:00Z",
                state: "{running: {}}, lastState: {terminated: {exitCode: 137}}") + replay),
        .triggers(
            "OnDelete",
            live(
                settings: "updateStrategy: {type: OnDelete} # <-- finding", ready: "True",
                state: "{running: {}}")),
        .triggers(
            "a partition that was left behind",
            live(
                settings: "updateStrategy: {rollingUpdate: {partition: 1}} # <-- finding",
                ready: "True", state: "{running: {}}")),
        .passes(
            "OnDelete, and all pods are new",
            live(
                settings: "updateStrategy: {type: OnDelete}", revision: "b", ready: "True",
                state: "{running: {}}")),
        .triggers(
            "Argo CD says that the apply was refused",
            live(revision: "b", ready: "True", state: "{running: {}}") + application),
        .triggers(
            "a larger volume in the manifest",
            live(revision: "b", ready: "True", state: "{running: {}}")
                + rendered("{requests: {storage: 50Gi}}", mark: " # <-- finding")
                + "\n-- render.txt --\n"),
        .triggers(
            "another name for the claim template",
            live(revision: "b", ready: "True", state: "{running: {}}")
                + rendered(
                    "{requests: {storage: 20Gi}}", claim: "tsdb", mark: " # <-- finding")
                + "\n-- render.txt --\n"),
        .passes(
            "the manifest says the same in other words",
            live(revision: "b", ready: "True", state: "{running: {}}")
                + rendered("{requests: {storage: 20480Mi}}") + "\n-- render.txt --\n"),
        .passes(
            "a base that overlays change",
            live(revision: "b", ready: "True", state: "{running: {}}")
                + rendered("{requests: {storage: 50Gi}}")),
    ]

    private static let replay = """

        -- logs/monitoring/receiver-0/receive.log --
        level=info component=multi-tsdb tenant=a msg="Replaying WAL, this may take a while"
        level=info component=multi-tsdb tenant=a msg="WAL segment loaded" segment=41 maxSegment=97
        """

    private static let application = """

        ---
        apiVersion: argoproj.io/v1alpha1
        kind: Application
        metadata:
          name: thanos # <-- finding
          namespace: argocd
        spec: {destination: {server: "https://kubernetes.default.svc"}}
        status:
          operationState:
            phase: Failed
            message: >-
              one or more objects failed to apply, reason: StatefulSet.apps "receiver" is invalid:
              spec: Forbidden: updates to statefulset spec for fields other than 'replicas',
              'ordinals', 'template' are forbidden
        """

    private static func rendered(
        _ resources: String, claim: String = "data", mark: String = ""
    ) -> String {
        """

        -- receiver.yaml --
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: receiver, namespace: monitoring}
        spec:
          template:
            spec:
              containers: [{name: receive, image: "thanos:v0.37.2", args: [receive]}]
          volumeClaimTemplates:\(mark)
            - metadata: {name: \(claim)}
              spec: {accessModes: [ReadWriteOnce], resources: \(resources)}
        """
    }

    private static func live(
        mark: String = "", settings: String = "replicas: 1", revision: String = "a",
        ready: String = "False", since: String = "2026-11-20T11:59:00Z", state: String
    ) -> String {
        """
        -- now.txt --
        1795176000
        -- cluster/receiver.yaml --
        apiVersion: apps/v1
        kind: StatefulSet
        metadata:
          name: receiver\(mark)
          namespace: monitoring
        spec:
          \(settings)
          template:
            spec:
              containers: [{name: receive, image: "thanos:v0.37.2", args: [receive]}]
          volumeClaimTemplates:
            - metadata: {name: data}
              spec:
                accessModes: [ReadWriteOnce]
                storageClassName: standard
                volumeMode: Filesystem
                resources: {requests: {storage: 20Gi}}
        status: {currentRevision: a, updateRevision: b}
        ---
        apiVersion: v1
        kind: Pod
        metadata:
          name: receiver-0
          namespace: monitoring
          labels: {controller-revision-hash: \(revision)}
          ownerReferences: [{kind: StatefulSet, name: receiver, controller: true}]
        status:
          conditions: [{type: Ready, status: "\(ready)", lastTransitionTime: "\(since)"}]
          containerStatuses: [{name: receive, restartCount: 1, state: \(state)}]
        """
    }
}
