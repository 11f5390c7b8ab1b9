/// Bundles about a Query and receivers, for the examples of several checks.
enum QueryExample {
    /// Three receivers with a headless and a usual Service, and a Query with these arguments.
    static func query(
        _ arguments: String..., file: String = "cluster/all.yaml", mark: Bool = false,
        labels: String = #"--label=receive_replica="$(NAME)""#, replicas: Int = 3, more: String = ""
    ) -> String {
        """
        -- \(file) --
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: receiver, namespace: monitoring}
        spec:
          replicas: \(replicas)
          template:
            metadata: {labels: {app: receiver}}
            spec:
              containers:
                - name: receive
                  image: quay.io/thanos/thanos:v0.37.2
                  env: [{name: NAME, valueFrom: {fieldRef: {fieldPath: metadata.name}}}]
                  args:
                    - receive
                    - --receive.replication-factor=3
                    - --receive.local-endpoint=$(NAME):10901
                    - --receive.hashrings-file=/etc/rings/rings.json
                    - \(labels)
        \(services)
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: query, namespace: monitoring}
        spec:
          template:
            spec:
              containers:
                - name: query\(mark ? " # <-- finding" : "")
                  image: quay.io/thanos/thanos:v0.37.2
                  args:
                    - query
        \(arguments.map { "            - \($0)" }.joined(separator: "\n"))
        \(more)
        """
    }

    private static let services = """
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: receiver-headless, namespace: monitoring}
        spec:
          clusterIP: None
          selector: {app: receiver}
          ports: [{name: grpc, port: 10901}, {name: http, port: 10902}]
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: receiver, namespace: monitoring}
        spec:
          clusterIP: 10.96.0.7
          selector: {app: receiver}
          ports: [{name: grpc, port: 10901}, {name: remote-write, port: 19291}]
        ---
        \(PodExample.named("receiver-0"))
        status: {podIP: 10.0.0.1, conditions: [{type: Ready, status: "True"}]}
        """
}
