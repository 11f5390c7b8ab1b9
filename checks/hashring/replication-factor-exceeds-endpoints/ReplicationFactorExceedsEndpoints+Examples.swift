import Diagnosis

extension Check {
    static let replicationFactorExceedsEndpointsExamples: [Example] = [
        .triggers(
            "three copies on two nodes",
            receiver(ring: #"{"hashring": "a", "endpoints": ["a:1", "b:1"]}"# + mark)),
        .triggers(
            "the second ring is too small",
            receiver(
                algorithm: "ketama",
                ring: #"{"tenants": ["a"], "endpoints": ["a:1", "b:1", "c:1"]},"#
                    + "\n     " + #"{"hashring": "b", "endpoints": ["d:1"]}"# + mark)),
        .triggers(
            "a ring without endpoints", receiver(factor: 1, ring: #"{"hashring": "a"}"# + mark)),
        .triggers(
            "in a cluster, where the pods have not read it",
            receiver(
                algorithm: "ketama", file: "cluster/receiver.yaml",
                ring: #"{"hashring": "a", "endpoints": ["a:1"]}"# + mark) + pod),
        .triggers(
            "no hashring at all",
            """
            -- receiver.yaml --
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: receiver, namespace: monitoring}
            spec:
              template:
                spec:
                  containers:
                    - name: receive
                      image: quay.io/thanos/thanos:v0.37.2
                      args:
                        - receive
                        - --receive.replication-factor=3 # <-- finding
            """),
        .passes(
            "as many nodes as copies", receiver(ring: #"{"endpoints": ["a:1", "b:1", "c:1"]}"#)),
        .passes("one node, one copy", receiver(factor: 1, ring: #"{"endpoints": ["a:1"]}"#)),
        .passes(
            "no hashring, of a release that writes to itself",
            """
            -- receiver.yaml --
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: receiver, namespace: monitoring}
            spec:
              template:
                spec:
                  containers:
                    - name: receive
                      image: quay.io/thanos/thanos:v0.42.1
                      args: [receive, --receive.replication-factor=3]
            """),
    ]

    private static let mark = " # <-- finding"

    private static func receiver(
        factor: Int = 3, algorithm: String = "hashmod", file: String = "receiver.yaml", ring: String
    ) -> String {
        """
        -- \(file) --
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: receiver, namespace: monitoring}
        spec:
          template:
            spec:
              containers:
                - name: receive
                  image: quay.io/thanos/thanos:v0.37.2
                  args:
                    - receive
                    - --receive.replication-factor=\(factor)
                    - --receive.hashrings-algorithm=\(algorithm)
                    - --receive.hashrings-file=/etc/rings/rings.json
                  volumeMounts: [{name: rings, mountPath: /etc/rings}]
              volumes: [{name: rings, configMap: {name: rings}}]
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: rings, namespace: monitoring}
        data:
          rings.json: |
            [
             \(ring)
            ]
        """
    }

    private static let pod = """

        ---
        \(PodExample.named("receiver-0"))
        status: {conditions: [{type: Ready, status: "True"}]}
        """
}
