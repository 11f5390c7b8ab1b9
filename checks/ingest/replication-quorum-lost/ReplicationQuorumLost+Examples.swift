import Diagnosis

extension Check {
    static let replicationQuorumLostExamples: [Example] = [
        .triggers(
            "two of three are down",
            cluster(mark: mark) + pod(0, ready) + pod(1, crashing) + pod(2, notReady("11:40:00"))),
        .triggers(
            "the first one blocks the start of the others",
            cluster(mark: mark) + pod(0, crashing)),
        .triggers(
            "two machines are lost with the receivers on them",
            cluster(mark: mark) + service + pod(0, ready)
                + (1...2).map { pod($0, lost) + machine($0) }.joined()),
        .triggers(
            "one copy, and its node is down",
            cluster(factor: 1, mark: mark) + pod(0, ready) + pod(1, crashing) + pod(2, ready)),
        .triggers(
            "two of three restart just now: a warning",
            cluster(mark: mark) + pod(0, ready) + pod(1, notReady("11:59:30"))
                + pod(2, notReady("11:59:40"))),
        .triggers(
            "two copies before v0.37 need both",
            cluster(factor: 2, version: "v0.36.1", mark: mark) + pod(0, ready) + pod(1, ready)
                + pod(2, crashing)),
        .triggers(
            "all are ready and cannot reach each other",
            cluster(version: "v0.41.0", mark: mark) + pod(0, ready) + pod(1, ready) + pod(2, ready)
                + page(refused: 3, failed: 12) + page(refused: 43, failed: 92, later: ".later")),
        .triggers(
            "v0.37.2 counts no failed forward, and the calls that fail",
            cluster(mark: mark) + pod(0, ready) + pod(1, ready) + pod(2, ready)
                + page(refused: 3, failed: 0, calls: ("Unavailable", 12))
                + page(refused: 43, failed: 0, calls: ("Unavailable", 92), later: ".later")),
        .triggers(
            "one copy on three nodes", receivers(file: "receiver.yaml", factor: 1, mark: mark)),
        .passes(
            "three pods that only wait for a readiness gate",
            cluster() + service + (0..<3).map { pod($0, gated) }.joined()),
        .passes(
            "one of three is down",
            cluster() + pod(0, ready) + pod(1, crashing) + pod(2, ready)
                + page(refused: 0, failed: 12) + page(refused: 0, failed: 92, later: ".later")),
        .passes(
            "two of six that share no series",
            cluster(nodes: 6) + (0..<6).map { pod($0, $0 % 3 == 0 ? crashing : ready) }.joined()),
        .passes(
            "two copies since v0.37 need one",
            cluster(factor: 2) + pod(0, ready) + pod(1, ready) + pod(2, crashing)),
        .passes(
            "503 of another cause: no forward fails",
            cluster() + pod(0, ready) + pod(1, ready) + pod(2, ready)
                + page(refused: 3, failed: 0) + page(refused: 43, failed: 0, later: ".later")),
        .passes(
            "v0.37.2: 503 of another cause, and peers that answer what they hold already",
            cluster() + pod(0, ready) + pod(1, ready) + pod(2, ready)
                + page(refused: 3, failed: 0, calls: ("AlreadyExists", 12))
                + page(refused: 43, failed: 0, calls: ("AlreadyExists", 92), later: ".later")),
        .passes(
            "v0.37.2: one peer is gone, and no write is refused",
            cluster() + pod(0, ready) + pod(1, ready) + pod(2, ready)
                + page(refused: 0, failed: 0, calls: ("Unavailable", 12))
                + page(refused: 0, failed: 0, calls: ("Unavailable", 92), later: ".later")),
        .passes("endpoints of which nothing is known", cluster(host: "10.0.0.")),
        .passes("three copies on three nodes", receivers(file: "receiver.yaml")),
        .passes(
            "one copy on one node", receivers(file: "receiver.yaml", factor: 1, nodes: 1)),
        .passes(
            "a factor from a variable",
            receivers(file: "receiver.yaml")
                .replacing("factor=3", with: "factor=$(REPLICATION_FACTOR)")),
    ]

    private static let mark = " # <-- finding"
    private static let ready = #"conditions: [{type: Ready, status: "True"}]"#
    private static let crashing = """
        conditions: [{type: Ready, status: "False", lastTransitionTime: "2026-11-20T11:59:50Z"}], \
        containerStatuses: [{name: receive, state: {waiting: {reason: CrashLoopBackOff}}}]
        """

    private static let gated = """
        conditions: [{type: Ready, status: "False", reason: ReadinessGatesNotReady, \
        lastTransitionTime: "2026-11-20T11:40:00Z"}], \
        containerStatuses: [{name: receive, ready: true, state: {running: {}}}]
        """
    private static let lost = gated.replacing("reason: ReadinessGatesNotReady, ", with: "")

    private static let service = """

        ---
        apiVersion: v1
        kind: Service
        metadata: {name: receiver, namespace: monitoring}
        spec: {clusterIP: None, publishNotReadyAddresses: true, selector: {app: receiver}}
        """

    private static func machine(_ number: Int) -> String {
        """

        ---
        apiVersion: v1
        kind: Node
        metadata: {name: node-\(number)}
        status: {conditions: [{type: Ready, status: Unknown, reason: NodeStatusUnknown}]}
        """
    }

    private static func notReady(_ time: String) -> String {
        """
        conditions: [{type: Ready, status: "False", lastTransitionTime: "2026-11-20T\(time)Z"}], \
        containerStatuses: [{name: receive, ready: false, state: {running: {}}}]
        """
    }

    private static func cluster(
        factor: Int = 3, nodes: Int = 3, version: String = "v0.37.2", host: String = "receiver-",
        mark: String = ""
    ) -> String {
        "-- now.txt --\n1795176000\n"
            + receivers(
                file: "cluster/receiver.yaml", factor: factor, nodes: nodes, version: version,
                host: host, mark: mark)
    }

    private static func receivers(
        file: String, factor: Int = 3, nodes: Int = 3, version: String = "v0.37.2",
        host: String = "receiver-", mark: String = ""
    ) -> String {
        let domain = host == "receiver-" ? ".receiver.monitoring" : ""
        let endpoints = (0..<nodes).map { "\"\(host)\($0)\(domain):10901\"" }
        return """
            -- \(file) --
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: receiver, namespace: monitoring}
            spec:
              replicas: \(nodes)
              serviceName: receiver
              template:
                metadata: {labels: {app: receiver}}
                spec:
                  containers:
                    - name: receive
                      image: quay.io/thanos/thanos:\(version)
                      args:
                        - receive
                        - --receive.hashrings-file=/etc/rings/rings.json
                        - --receive.replication-factor=\(factor)\(mark)
                      volumeMounts: [{name: rings, mountPath: /etc/rings}]
                  volumes: [{name: rings, configMap: {name: rings}}]
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: rings, namespace: monitoring}
            data:
              rings.json: |
                [{"endpoints": [\(endpoints.joined(separator: ", "))]}]
            """
    }

    private static func pod(_ number: Int, _ status: String) -> String {
        """

        ---
        \(PodExample.named("receiver-\(number)"))
        spec: {nodeName: node-\(number)}
        status: {\(status)}
        """
    }

    private static func page(
        refused: Int, failed: Int, calls: (code: String, count: Int) = ("OK", 66),
        later: String = ""
    ) -> String {
        """

        -- metrics/monitoring/receiver-0\(later).txt --
        http_requests_total{code="200",handler="receive",method="post",tenant="a"} 14
        http_requests_total{code="503",handler="receive",method="post",tenant="a"} \(refused)
        thanos_receive_forward_requests_total{result="error"} \(failed)
        thanos_receive_forward_requests_total{result="success"} 66
        grpc_client_handled_total{grpc_code="\(calls.code)",grpc_method="RemoteWrite"} \(calls.count)
        """
    }
}
