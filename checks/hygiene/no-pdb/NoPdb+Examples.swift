import Diagnosis

extension Check {
    static let noPdbExamples: [Example] = [
        .triggers("none in a cluster", receivers(in: "cluster/", mark: " # <-- finding")),
        .triggers(
            "none in a complete render", receivers(mark: " # <-- finding") + "-- render.txt --\n"),
        .triggers(
            "one copy of each series: for information",
            receivers(in: "cluster/", mark: " # <-- finding", copies: 1)),
        .triggers(
            "one that selects other labels",
            receivers(in: "cluster/", mark: " # <-- finding")
                + budget("maxUnavailable: 1", labels: "{app: receive}")),
        .triggers(
            "two receivers at once, with three copies",
            receivers() + budget("maxUnavailable: 2 # <-- finding")),
        .triggers(
            "two of three, as a share", receivers() + budget("minAvailable: 30% # <-- finding")),
        .triggers(
            "all of them at all times", receivers() + budget("minAvailable: 3 # <-- finding")),
        .triggers(
            "none, as the cluster counts the pods",
            receivers(in: "cluster/") + budget("maxUnavailable: 0 # <-- finding")
                + "\nstatus: {expectedPods: 3, disruptionsAllowed: 0}"),
        .triggers(
            "one pod that must always be there: for information",
            receivers(replicas: "replicas: 1") + budget("minAvailable: 1 # <-- finding")),
        .triggers(
            "two for the same pods",
            receivers(in: "cluster/") + budget("maxUnavailable: 1", mark: " # <-- finding")
                + budget("minAvailable: 2", name: "thanos")),
        .passes("one receiver at a time", receivers(in: "cluster/") + budget("maxUnavailable: 1")),
        .passes(
            "a third, rounded up", receivers(in: "cluster/") + budget("maxUnavailable: 33%")),
        .passes(
            "five copies spare two", receivers(copies: 5) + budget("maxUnavailable: 2")),
        .passes("some files of many: it may be elsewhere", receivers()),
        .passes("a lab with one receiver", receivers(in: "cluster/", replicas: "replicas: 1")),
        .passes(
            "the ingestors' routers keep three copies",
            receivers(in: "cluster/", copies: 1) + routers + budget("maxUnavailable: 1")),
        .passes(
            "an autoscaler sets the replicas",
            receivers(replicas: "minReadySeconds: 1") + budget("minAvailable: 1")),
        .passes(
            "minAvailable over several workloads",
            receivers(in: "cluster/") + routers + budget("minAvailable: 4", labels: "{}")),
    ]

    private static func receivers(
        in folder: String = "", mark: String = "", replicas: String = "replicas: 3",
        copies: Int = 3
    ) -> String {
        """
        -- \(folder)receiver.yaml --
        apiVersion: apps/v1
        kind: StatefulSet
        metadata:
          name: receiver\(mark)
          namespace: monitoring
        spec:
          \(replicas)
          selector: {matchLabels: {app: receiver}}
          template:
            metadata: {labels: {app: receiver, tier: store}}
            spec:
              containers:
                - name: receive
                  image: quay.io/thanos/thanos:v0.37.2
                  args: [receive, --receive.replication-factor=\(copies), "--label=a=\\"b\\""]

        """
    }

    private static let routers = """
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: router, namespace: monitoring}
        spec:
          replicas: 2
          selector: {matchLabels: {app: router}}
          template:
            metadata: {labels: {app: router}}
            spec:
              containers:
                - name: receive
                  image: quay.io/thanos/thanos:v0.37.2
                  args: [receive, --receive.replication-factor=3, '--receive.hashrings=[]']

        """

    private static func budget(
        _ limit: String, name: String = "receiver", labels: String = "{app: receiver}",
        mark: String = ""
    ) -> String {
        """
        ---
        apiVersion: policy/v1
        kind: PodDisruptionBudget
        metadata: {name: \(name), namespace: monitoring}
        spec:
          selector: {matchLabels: \(labels)}\(mark)
          \(limit)

        """
    }
}
