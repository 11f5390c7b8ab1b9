import Diagnosis

extension Check {
    static let receiveExternalLabelsExamples: [Example] = [
        .triggers("no label at all", receivers(mark: true, arguments: [])),
        .triggers(
            "a constant label on three replicas",
            receivers(arguments: [#"--label=replica="0" # <-- finding"#])),
        .triggers(
            "a variable that nobody defines",
            receivers(arguments: [#"--label=receive_replica="$(POD)" # <-- finding"#])),
        .triggers(
            "a variable that is the same in every pod",
            receivers(arguments: [#"--label=receive_replica="$(NAMESPACE)" # <-- finding"#])),
        .triggers(
            "a reference that is escaped, and so the same text in every pod",
            receivers(arguments: [#"--label=receive_replica="$$(NAME)" # <-- finding"#])),
        .triggers("what Query sees of two pods", seen(first: "a", second: "a", mark: true)),
        .passes(
            "the pod's name",
            receivers(arguments: [
                #"--label=receive_replica="$(NAME)""#, #"--label=cluster="central""#,
            ])),
        .passes("one replica", receivers(replicas: 1, arguments: [#"--label=replica="0""#])),
        .passes(
            "a router, which stores nothing",
            receivers(arguments: [
                #"--label=receive="true""#, "--receive.hashrings-file=/etc/rings.json",
            ])),
        .passes(
            "an environment from elsewhere",
            receivers(
                arguments: [#"--label=receive_replica="$(POD)""#],
                environment: "envFrom: [{configMapRef: {name: env}}]")),
        .passes(
            "an overlay brings the labels",
            receivers(arguments: []) + """

                -- overlay.yaml --
                apiVersion: apps/v1
                kind: StatefulSet
                metadata: {name: receiver}
                spec:
                  template:
                    spec:
                      containers:
                        - name: receive
                          args: [receive, '--label=replica="$(NAME)"']
                """),
        .triggers(
            "receivers of one name in two namespaces, named after their pods",
            named("a", #""$(NAME)""#, mark: true) + named("b", #""$(NAME)""#, mark: true)
                + "-- render.txt --\n"),
        .passes(
            "they also say in which namespace they are",
            named("a", #""$(NAMESPACE)/$(NAME)""#) + named("b", #""$(NAMESPACE)/$(NAME)""#)
                + "-- render.txt --\n"),
        .triggers(
            "receivers of one name in two clusters with a bucket outside of both",
            named("a", #""$(NAME)""#, in: "cluster/", mark: true)
                + named("a", #""$(NAME)""#, in: "clusters/west/cluster/", mark: true)),
        .passes(
            "each cluster has an object store of its own",
            named("a", #""$(NAME)""#, in: "cluster/", endpoint: "minio.a.svc:9000")
                + named(
                    "a", #""$(NAME)""#, in: "clusters/west/cluster/", endpoint: "minio.a.svc:9000")
        ),
        .passes("two pods that differ", seen(first: "a", second: "b")),
    ]

    private static let environment =
        "env: [{name: NAME, valueFrom: {fieldRef: {fieldPath: metadata.name}}}, "
        + "{name: NAMESPACE, valueFrom: {fieldRef: {fieldPath: metadata.namespace}}}]"

    private static func receivers(
        mark: Bool = false, file: String = "receiver.yaml", replicas: Int = 3,
        arguments: [String], environment: String = Check.environment
    ) -> String {
        """
        -- \(file) --
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: receiver, namespace: monitoring}
        spec:
          replicas: \(replicas)
          selector: {}
          template:
            spec:
              containers:
                - name: receive\(mark ? " # <-- finding" : "")
                  image: quay.io/thanos/thanos:v0.37.2
                  \(environment)
                  args:
                    - receive
                    - --objstore.config-file=/etc/thanos/objstore.yaml
        \(arguments.map { "            - \($0)" }.joined(separator: "\n"))
        """
    }

    /// Three receivers that upload to the bucket `metrics`.
    private static func named(
        _ namespace: String, _ label: String, in folder: String = "",
        endpoint: String = "s3.example.com", mark: Bool = false
    ) -> String {
        """
        -- \(folder)\(namespace).yaml --
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: receiver, namespace: \(namespace)}
        spec:
          replicas: 3
          template:
            spec:
              containers:
                - name: receive
                  image: quay.io/thanos/thanos:v0.37.2
                  \(environment)
                  args:
                    - receive
                    - --objstore.config-file=/etc/o/s3.yaml
                    - --label=replica=\(label)\(mark ? " # <-- finding" : "")
                  volumeMounts: [{name: o, mountPath: /etc/o}]
              volumes: [{name: o, configMap: {name: o}}]
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: o, namespace: \(namespace)}
        data:
          s3.yaml: |
            {type: S3, config: {bucket: metrics, endpoint: "\(endpoint)"}}

        """
    }

    private static func seen(first: String, second: String, mark: Bool = false) -> String {
        let label = #"--label=receive_replica="$(NAME)""#
        let pods = ["10.0.0.1", "10.0.0.2"].enumerated().map { index, address in
            """

            ---
            \(PodExample.named("receiver-\(index)"))
            status: {podIP: \(address)}
            """
        }
        return receivers(
            file: "cluster/receiver.yaml", replicas: 2,
            arguments: [label + (mark ? " # <-- finding" : "")])
            + pods.joined()
                + """

                -- query/stores.json --
                {"status": "success", "data": {"receive": [
                  {"name": "10.0.0.1:10901", "labelSets": [{"receive_replica": "\(first)"}]},
                  {"name": "10.0.0.2:10901", "labelSets": [{"receive_replica": "\(second)"}]}]}}
                """
    }
}
