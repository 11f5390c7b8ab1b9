import Diagnosis

extension Check {
    static let resourcesUnboundedExamples: [Example] = [
        .triggers("nothing is stated", receiver("tty: false", mark: " # <-- finding")),
        .triggers(
            "nothing is stated, live",
            receiver("tty: false", mark: " # <-- finding", in: "cluster/")
        ),
        .triggers(
            "no memory", receiver("resources: # <-- finding\n  requests: {cpu: 500m}")),
        .triggers(
            "no limit: for information",
            receiver("resources: # <-- finding\n  requests: {cpu: 500m, memory: 4Gi}")),
        .triggers(
            "the values of an example",
            receiver(
                """
                resources:
                  limits:
                    cpu: 0.42 # <-- finding
                    memory: 420Mi
                """)),
        .triggers(
            "little memory: for information",
            receiver(
                """
                resources:
                  limits:
                    memory: 256Mi # <-- finding
                  requests: {cpu: 100m}
                """)),
        .triggers("an agent with nothing", receiver(sound) + agent(mark: " # <-- finding")),
        .triggers(
            "throttled: all of its CPU is used",
            receiver(
                """
                resources:
                  requests: {memory: 4Gi}
                  limits:
                    memory: 4Gi
                    cpu: "2" # <-- finding
                """, in: "cluster/") + pod()
                + metrics(seconds: 500, memory: 1_000_000_000)
                + metrics(seconds: 520, memory: 1_000_000_000, later: ".later")),
        .triggers(
            "nearly all memory is held",
            receiver(
                """
                resources:
                  requests: {cpu: 1}
                  limits:
                    memory: 4Gi # <-- finding
                """, in: "cluster/") + pod() + metrics(seconds: 500, memory: 4_200_000_000)),
        .passes("memory as request and limit, a CPU request", receiver(sound)),
        .passes(
            "a limit is the request, too", receiver("resources: {limits: {cpu: 2, memory: 4Gi}}")),
        .passes(
            "half of it is used",
            receiver(sound, in: "cluster/") + pod() + metrics(seconds: 5, memory: 2_000_000_000)),
        .passes(
            "a LimitRange gives it",
            receiver("tty: false")
                + "---\napiVersion: v1\nkind: LimitRange\nmetadata: {name: a}\n"
        ),
        .passes(
            "a VerticalPodAutoscaler gives it",
            receiver("tty: false") + """
                ---
                apiVersion: autoscaling.k8s.io/v1
                kind: VerticalPodAutoscaler
                metadata: {name: receiver, namespace: monitoring}
                spec: {targetRef: {kind: StatefulSet, name: receiver}}

                """),
        .passes(
            "the running pods were given it",
            receiver("tty: false", in: "cluster/") + pod("{requests: {cpu: 1, memory: 4Gi}}")),
        .passes(
            "the pod as a whole has it",
            receiver("tty: false") + "      resources: {limits: {cpu: 2, memory: 8Gi}}\n"),
        .passes(
            "an overlay states it",
            receiver("tty: false") + """
                -- overlay/patch.yaml --
                apiVersion: apps/v1
                kind: StatefulSet
                metadata: {name: receiver}
                spec: {template: {spec: {containers: [{name: receive, resources: {}}]}}}

                """),
    ]

    private static let sound = "resources: {requests: {cpu: 1, memory: 4Gi}, limits: {memory: 4Gi}}"

    private static func receiver(
        _ resources: String, mark: String = "", in folder: String = ""
    ) -> String {
        """
        -- \(folder)receiver.yaml --
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: receiver, namespace: monitoring}
        spec:
          template:
            spec:
              containers:
                - name: receive\(mark)
                  image: quay.io/thanos/thanos:v0.37.2
                  args: [receive, --tsdb.path=/data]
                  \(resources.split(separator: "\n").joined(separator: "\n          "))

        """
    }

    private static func agent(mark: String) -> String {
        """
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: agent, namespace: monitoring}
        spec:
          template:
            spec:
              containers:
                - name: prometheus\(mark)
                  image: quay.io/prometheus/prometheus:v3.5.0
                  args: [--agent]

        """
    }

    private static func pod(_ resources: String = "{}") -> String {
        """
        ---
        \(PodExample.named("receiver-0"))
        spec: {containers: [{name: receive, resources: \(resources)}]}

        """
    }

    private static func metrics(seconds: Int, memory: Int, later: String = "") -> String {
        """
        -- metrics/monitoring/receiver-0\(later).txt --
        process_cpu_seconds_total \(seconds)
        go_memstats_sys_bytes \(memory + 100_000_000)
        go_memstats_heap_released_bytes 100000000

        """
    }
}
