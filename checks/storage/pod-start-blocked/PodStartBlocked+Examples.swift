import Diagnosis

extension Check {
    static let podStartBlockedExamples: [Example] = [
        .triggers(
            "no node has room",
            live(mark: " # <-- finding", pod: unschedulable("0/3 nodes are available: 3 Too many "))
        ),
        .triggers(
            "the StorageClass does not exist",
            live(
                mark: " # <-- finding",
                pod: unschedulable("pod has unbound immediate PersistentVolumeClaims"),
                extra: claim("fast-ssd") + storageClass("standard"))),
        .triggers(
            "no StorageClass is the default",
            live(
                mark: " # <-- finding",
                pod: unschedulable("pod has unbound immediate PersistentVolumeClaims"),
                extra: claim(nil) + storageClass("standard"))),
        .triggers(
            "the ConfigMap is not there",
            live(
                mark: " # <-- finding",
                pod: waiting(
                    "CreateContainerConfigError", #"configmap \"receiver-env\" not found"#))),
        .triggers(
            "the image cannot be pulled",
            live(
                mark: " # <-- finding",
                pod: waiting("ImagePullBackOff", "Back-off pulling image \\\"thanos:v0.99\\\""))),
        .triggers(
            "the image would run as root, and may not",
            live(
                mark: " # <-- finding",
                pod: waiting(
                    "CreateContainerConfigError",
                    "container has runAsNonRoot and image will run as root"))),
        .triggers(
            "an init container that ends at every start",
            live(
                mark: " # <-- finding",
                pod: prior("{waiting: {reason: CrashLoopBackOff}}"))),
        .passes("an init container at work", live(pod: prior("{running: {}}"))),
        .triggers(
            "a mount that fails",
            live(
                mark: " # <-- finding", pod: waiting("ContainerCreating", nil),
                extra: mountEvent("FailedMount", "MountVolume.SetUp failed: timed out."))),
        .passes("it is being created", live(pod: waiting("ContainerCreating", nil))),
        .passes(
            "ownership of a volume is another fault",
            live(
                pod: waiting("ContainerCreating", nil),
                extra: mountEvent(
                    "FailedMount", "applyFSGroup failed for vol x: lchown: operation not permitted")
            )),
        .passes(
            "a pod that crashes has started",
            live(
                pod: "{phase: Running, containerStatuses: [{name: receive, restartCount: 3, "
                    + "state: {waiting: {reason: CrashLoopBackOff}}}]}")),
        .passes(
            "an event of the past",
            live(
                pod: "{phase: Running, conditions: [{type: Ready, status: \"True\"}]}",
                extra: mountEvent("FailedMount", "timed out"))),
        .triggers(
            "the controller may not create the pod",
            live(
                mark: " # <-- finding", pod: nil,
                extra: event(
                    "StatefulSet", "receiver", "FailedCreate",
                    "create Pod receiver-0 in StatefulSet receiver failed error: "
                        + "serviceaccount \\\"receiver\\\" not found"))),
        .passes("no pod yet, and nothing said", live(pod: nil)),
        .triggers("a render without the ServiceAccount", manifests(render: true, mark: true)),
        .passes("other manifests may hold it", manifests(render: false)),
        .passes("the render holds it", manifests(render: true, account: true)),
    ]

    private static func unschedulable(_ message: String) -> String {
        """
        {phase: Pending, conditions: [{type: PodScheduled, status: "False", \
        reason: Unschedulable, message: "\(message)"}]}
        """
    }

    private static func waiting(_ reason: String, _ message: String?) -> String {
        let text = message.map { ", message: \"\($0)\"" } ?? ""
        return """
            {phase: Pending, startTime: "2026-11-20T11:30:00Z", containerStatuses: \
            [{name: receive, restartCount: 0, state: {waiting: {reason: \(reason)\(text)}}}]}
            """
    }

    private static func prior(_ state: String) -> String {
        """
        {phase: Pending, startTime: "2026-11-20T11:30:00Z", initContainerStatuses: \
        [{name: chown, restartCount: 7, state: \(state), \
        lastState: {terminated: {exitCode: 1}}}], containerStatuses: \
        [{name: receive, restartCount: 0, state: {waiting: {reason: PodInitializing}}}]}
        """
    }

    private static func claim(_ storageClass: String?) -> String {
        """

        ---
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: data-receiver-0, namespace: monitoring}
        spec: {\(storageClass.map { "storageClassName: \($0)" } ?? "")}
        status: {phase: Pending}
        """
    }

    private static func storageClass(_ name: String) -> String {
        """

        ---
        apiVersion: storage.k8s.io/v1
        kind: StorageClass
        metadata: {name: \(name)}
        provisioner: example.com/disk
        """
    }

    private static func mountEvent(_ reason: String, _ message: String) -> String {
        event("Pod", "receiver-0", reason, message)
    }

    private static func event(
        _ kind: String, _ name: String, _ reason: String, _ message: String
    ) -> String {
        """

        ---
        apiVersion: v1
        kind: Event
        metadata: {name: \(name).1, namespace: monitoring}
        involvedObject: {kind: \(kind), namespace: monitoring, name: \(name)}
        reason: \(reason)
        message: "\(message)"
        lastTimestamp: "2026-11-20T11:59:00Z"
        """
    }

    private static func live(mark: String = "", pod status: String?, extra: String = "") -> String {
        let pod = status.map { status in
            """

            ---
            apiVersion: v1
            kind: Pod
            metadata:
              name: receiver-0
              namespace: monitoring
              creationTimestamp: "2026-11-20T11:30:00Z"
              ownerReferences: [{kind: StatefulSet, name: receiver, controller: true}]
            status: \(status)
            """
        }
        return """
            -- now.txt --
            1795176000
            -- cluster/receiver.yaml --
            \(statefulSet(mark: mark))\(pod ?? "")\(extra)
            """
    }

    private static func statefulSet(mark: String = "", account: String = "") -> String {
        """
        apiVersion: apps/v1
        kind: StatefulSet
        metadata:
          name: receiver\(mark)
          namespace: monitoring
        spec:
          template:
            spec:\(account)
              containers:
                - name: receive
                  image: quay.io/thanos/thanos:v0.37.2
                  args: [receive, --tsdb.path=/data]
                  volumeMounts: [{name: data, mountPath: /data}]
              volumes: [{name: root, configMap: {name: kube-root-ca.crt}}]
          volumeClaimTemplates: [{metadata: {name: data}}]
        """
    }

    private static func manifests(
        render: Bool, mark: Bool = false, account: Bool = false
    ) -> String {
        let stated = "\n      serviceAccountName: receiver\(mark ? " # <-- finding" : "")"
        let object = """

            ---
            apiVersion: v1
            kind: ServiceAccount
            metadata: {name: receiver, namespace: monitoring}
            """
        return "-- receiver.yaml --\n" + statefulSet(account: stated) + (account ? object : "")
            + (render ? "\n-- render.txt --\n" : "")
    }
}
