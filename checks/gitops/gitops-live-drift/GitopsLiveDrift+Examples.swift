import Diagnosis

extension Check {
    static let gitopsLiveDriftExamples: [Example] = [
        .triggers(
            "the hashring in Git was not applied",
            receiver() + application("{kind: Service, name: receiver}", mark: " # <-- finding")),
        .passes(
            "something else is out of sync",
            receiver() + application("{kind: Service, name: grafana}")),
        .passes(
            "the application of another cluster",
            receiver()
                + application(
                    "{kind: Service, name: receiver}", server: "https://edge.example.com")),
        .triggers(
            "the pods are of an older revision",
            receiver(mark: " # <-- finding", status: "{currentRevision: b, updateRevision: b}")
                + pod(revision: "a", state: "{running: {}}")),
        .passes(
            "one that is undone: the controller deletes the pods itself",
            receiver(status: "{currentRevision: b, updateRevision: b}")
                + pod(revision: "a", state: "{running: {}}", ready: "False")),
        .passes(
            "a rollout is under way",
            receiver(status: "{currentRevision: a, updateRevision: b}")
                + pod(revision: "a", state: "{running: {}}")),
        .triggers(
            "the rollout waits for a pod that crashes",
            receiver(mark: " # <-- finding", status: "{currentRevision: a, updateRevision: b}")
                + pod(revision: "a", state: "{waiting: {reason: CrashLoopBackOff}}")),
        .passes(
            "OnDelete keeps the pods that run",
            receiver(
                status: "{currentRevision: b, updateRevision: b}",
                settings: "updateStrategy: {type: OnDelete}")
                + pod(revision: "a", state: "{running: {}}")),
        .passes(
            "the API server refuses what Git says",
            receiver()
                + application(
                    "{kind: StatefulSet, group: apps, name: receiver}",
                    message:
                        "StatefulSet.apps \"receiver\" is invalid: spec: Forbidden: updates to "
                        + "statefulset spec for fields other than 'replicas' are forbidden")),
        .passes(
            "all pods are of the newest revision",
            receiver(status: "{currentRevision: b, updateRevision: b}")
                + pod(revision: "b", state: "{running: {}}")),
        .triggers(
            "a security context that was set by hand",
            receiver(context: "{fsGroup: 65534}")
                + "\n-- receiver.yaml --\n" + statefulSet(context: "{}", mark: " # <-- finding")
                + "\n-- render.txt --\n"),
        .triggers(
            "another limit of memory",
            "-- cluster/receiver.yaml --\n"
                + statefulSet(context: "{}", container: "resources: {limits: {memory: 2Gi}}")
                + "\n-- receiver.yaml --\n"
                + statefulSet(
                    context: "{}", mark: " # <-- finding",
                    container: "resources: {limits: {memory: 4Gi}}") + "\n-- render.txt --\n"),
        .passes(
            "the same amount in other words, and a request that Kubernetes adds",
            "-- cluster/receiver.yaml --\n"
                + statefulSet(
                    context: "{}",
                    container: "resources: {limits: {cpu: 1}, requests: {cpu: 1}}")
                + "\n-- receiver.yaml --\n"
                + statefulSet(context: "{}", container: "resources: {limits: {cpu: 1000m}}")
                + "\n-- render.txt --\n"),
        .triggers("a ring with another endpoint", rings(live: "b:10901", mark: " # <-- finding")),
        .passes("the same ring", rings(live: "a:10901")),
        .passes(
            "live and manifest agree",
            receiver(context: "{fsGroup: 1, runAsUser: 1}")
                + "\n-- receiver.yaml --\n" + statefulSet(context: "{runAsUser: 1, fsGroup: 1}")),
    ]

    private static func receiver(
        mark: String = "", context: String = "{}", status: String = "{}",
        settings: String = "replicas: 1"
    ) -> String {
        """
        -- cluster/receiver.yaml --
        \(statefulSet(context: context, mark: mark, settings: settings))
        status: \(status)
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: receiver, namespace: monitoring}
        spec: {selector: {app: receiver}}
        """
    }

    private static func statefulSet(
        context: String, mark: String = "", settings: String = "replicas: 1",
        container: String = "ports: []"
    ) -> String {
        """
        apiVersion: apps/v1
        kind: StatefulSet
        metadata:
          name: receiver\(mark)
          namespace: monitoring
        spec:
          \(settings)
          template:
            metadata: {labels: {app: receiver}}
            spec:
              securityContext: \(context)
              containers: [{name: receive, image: "thanos:v0.37.2", args: [receive], \(container)}]
        """
    }

    private static func rings(live: String, mark: String = "") -> String {
        let manifest = { (endpoint: String, mark: String) in
            """
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: receiver, namespace: monitoring}\(mark)
            spec:
              template:
                spec:
                  containers:
                    - name: receive
                      image: quay.io/thanos/thanos:v0.37.2
                      args: [receive, --receive.hashrings-file=/etc/rings/r.json]
                      volumeMounts: [{name: rings, mountPath: /etc/rings}]
                  volumes: [{name: rings, configMap: {name: rings}}]
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: rings, namespace: monitoring}
            data: {r.json: '[{"endpoints": ["\(endpoint)"]}]'}

            """
        }
        return "-- cluster/receiver.yaml --\n\(manifest(live, ""))-- receiver.yaml --\n"
            + "\(manifest("a:10901", mark))-- render.txt --\n"
    }

    private static func pod(
        revision: String, state: String, ready: String = "True"
    ) -> String {
        """

        ---
        apiVersion: v1
        kind: Pod
        metadata:
          name: receiver-0
          namespace: monitoring
          labels: {controller-revision-hash: \(revision)}
          ownerReferences: [{kind: StatefulSet, name: receiver, controller: true}]
        status:
          conditions: [{type: Ready, status: "\(ready)"}]
          containerStatuses: [{name: receive, restartCount: 1, state: \(state)}]
        """
    }

    private static func application(
        _ resource: String, mark: String = "", server: String = "https://kubernetes.default.svc",
        message: String = "successfully synced"
    ) -> String {
        """

        ---
        apiVersion: argoproj.io/v1alpha1
        kind: Application
        metadata:
          name: receiver\(mark)
          namespace: argocd
        spec: {destination: {server: "\(server)", namespace: monitoring}}
        status:
          sync: {status: OutOfSync}
          operationState:
            phase: Failed
            message: >-
              \(message)
          resources: [\(resource.dropLast()), namespace: monitoring, status: OutOfSync}]
        """
    }
}
