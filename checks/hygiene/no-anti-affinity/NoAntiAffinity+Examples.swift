import Diagnosis

extension Check {
    static let noAntiAffinityExamples: [Example] = [
        .triggers("nothing keeps them apart", receivers(mark: " # <-- finding")),
        .triggers(
            "one copy of each series: for information",
            receivers(mark: " # <-- finding", copies: 1)),
        .triggers(
            "an anti-affinity to other pods, in a complete render",
            receivers(rule: antiAffinity("query", mark: " # <-- finding")) + "-- render.txt --\n"),
        .triggers(
            "two on one node, live",
            receivers(in: "cluster/", rule: antiAffinity("receiver"))
                + pods("a", "b", "a # <-- finding") + nodes("a", "b")),
        .passes(
            "two on one node, in one zone of the hashring",
            receivers(in: "cluster/", rule: antiAffinity("receiver")).replacing(
                #""--label=a"#, with: "'--receive.hashrings=\(zoned)', \"--label=a")
                + pods("a", "b", "a") + nodes("a", "b")),
        .triggers(
            "the only node there is: for information",
            receivers(in: "cluster/") + pods("a", "a", "a # <-- finding") + nodes("a")),
        .triggers(
            "apart by chance: for information",
            receivers(in: "cluster/", mark: " # <-- finding") + pods("a", "b", "c")),
        .triggers(
            "apart by chance, in the one zone that there is",
            receivers(in: "cluster/", rule: antiAffinity("receiver", key: "zone", isMarked: true))
                + pods("a", "b", "c") + nodes("a", "b", "c")),
        .triggers(
            "a spread that allows all on one node",
            receivers(
                in: "cluster/",
                rule: """
                    topologySpreadConstraints:
                      - maxSkew: 3
                        topologyKey: kubernetes.io/hostname # <-- finding
                        whenUnsatisfiable: DoNotSchedule
                        labelSelector: {matchLabels: {app: receiver}}
                    """)),
        .passes("a preferred anti-affinity", receivers(rule: antiAffinity("receiver"))),
        .passes(
            "a required anti-affinity by an expression",
            receivers(
                rule: """
                    affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [
                      {topologyKey: kubernetes.io/hostname, namespaces: [monitoring], labelSelector:
                        {matchExpressions: [{key: app, operator: In, values: [receiver]}]}}]}}
                    """)),
        .passes(
            "spread over zones",
            receivers(
                rule: """
                    topologySpreadConstraints:
                      - {maxSkew: 1, topologyKey: topology.kubernetes.io/zone,
                         whenUnsatisfiable: ScheduleAnyway,
                         labelSelector: {matchLabels: {app: receiver}}}
                    """)),
        .passes(
            "labels that a tool adds to the template, too",
            receivers(rule: antiAffinity("receiver, team: a"))),
        .passes("a port of the node", receivers(rule: "hostNetwork: true")),
        .passes("a lab with one receiver", receivers(replicas: "replicas: 1")),
        .passes("replicas that are not stated", receivers(replicas: "minReadySeconds: 1")),
        .passes(
            "kept apart, live",
            receivers(in: "cluster/", rule: antiAffinity("receiver")) + pods("a", "b", "c")),
        .passes(
            "two of five on a node, with five copies",
            receivers(
                in: "cluster/", replicas: "replicas: 5", rule: antiAffinity("receiver"), copies: 5)
                + pods("a", "b", "c", "d", "a")),
        .passes(
            "an overlay states it",
            receivers() + """
                -- overlay/patch.yaml --
                apiVersion: apps/v1
                kind: StatefulSet
                metadata: {name: receiver}
                spec: {template: {spec: {affinity: {podAntiAffinity: {}}}}}

                """),
    ]

    private static let zoned = """
        [{"algorithm":"ketama","endpoints":[{"address":"receiver-0:10901","az":"a"},\
        {"address":"receiver-1:10901","az":"b"},{"address":"receiver-2:10901","az":"a"}]}]
        """

    private static func antiAffinity(
        _ name: String, mark: String = "", key: String = "kubernetes.io/hostname",
        isMarked: Bool = false
    ) -> String {
        """
        affinity:
          podAntiAffinity:
            preferredDuringSchedulingIgnoredDuringExecution:
              - weight: 100
                podAffinityTerm:
                  topologyKey: \(key)\(isMarked ? " # <-- finding" : "")
                  labelSelector: {matchLabels: {app: \(name)}}\(mark)
        """
    }

    private static func receivers(
        in folder: String = "", mark: String = "", replicas: String = "replicas: 3",
        rule: String = "terminationGracePeriodSeconds: 600", copies: Int = 3
    ) -> String {
        """
        -- \(folder)receiver.yaml --
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: receiver, namespace: monitoring}
        spec:
          \(replicas)
          selector: {matchLabels: {app: receiver}}
          template:
            metadata: {labels: {app: receiver}}
            spec:\(mark)
              \(rule.split(separator: "\n").joined(separator: "\n      "))
              containers:
                - name: receive
                  image: quay.io/thanos/thanos:v0.37.2
                  args: [receive, --receive.replication-factor=\(copies), "--label=a=\\"b\\""]

        """
    }

    private static func pods(_ nodes: String...) -> String {
        nodes.enumerated().map { index, node in
            """
            ---
            \(PodExample.named("receiver-\(index)"))
            spec:
              nodeName: \(node)

            """
        }.joined()
    }

    private static func nodes(_ names: String...) -> String {
        names.map { "---\napiVersion: v1\nkind: Node\nmetadata: {name: \($0)}\n" }.joined()
    }
}
