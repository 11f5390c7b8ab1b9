import Diagnosis

extension Check {
    static let hashringFileNotMountedExamples: [Example] = [
        .triggers(
            "the key has another name",
            receiver(mark: " # <-- finding") + map(key: "hashring.json")),
        .passes("the key is there", receiver() + map(key: "rings.json")),
        .triggers(
            "nothing is mounted over the path",
            receiver(mark: " # <-- finding", mount: "/etc/other") + map(key: "rings.json")),
        .triggers(
            "the mount names no volume of the pod",
            receiver(mark: " # <-- finding", volume: "{name: ring, configMap: {name: rings}}")),
        .passes("the ConfigMap may be among other manifests", receiver()),
        .triggers(
            "a complete render without the ConfigMap",
            receiver(mark: " # <-- finding") + "\n-- render.txt --\n"),
        .passes(
            "a Secret's keys are not among the evidence",
            receiver(volume: "{name: rings, secret: {secretName: rings}}")),
        .passes(
            "items give the key another path",
            receiver(
                volume: "{name: rings, configMap: {name: rings, "
                    + "items: [{key: hashring.json, path: rings.json}]}}")
                + map(key: "hashring.json")),
        .triggers(
            "copies without a ring",
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
                      args:
                        - receive
                        - --receive.replication-factor=3 # <-- finding
            """),
        .passes(
            "an ingestor that the ring of a router names",
            receiver(name: "router") + map(key: "rings.json")
                + """

                ---
                apiVersion: apps/v1
                kind: StatefulSet
                metadata: {name: receiver, namespace: monitoring}
                spec:
                  serviceName: receiver
                  template:
                    spec:
                      containers:
                        - name: receive
                          image: quay.io/thanos/thanos:v0.42.1
                          args: [receive, --receive.replication-factor=3]
                """),
        .triggers(
            "mended, and the pod has not started again",
            receiver(file: "cluster/receiver.yaml", mark: " # <-- finding")
                + map(key: "rings.json") + pod(ready: "False")),
        .triggers(
            "its node has no inotify watch left",
            receiver(file: "cluster/receiver.yaml", mark: " # <-- finding")
                + map(key: "rings.json") + pod(ready: "False", error: "no space left on device")),
        .triggers(
            "the process may not read the file",
            receiver(file: "cluster/receiver.yaml", mark: " # <-- finding")
                + map(key: "rings.json") + pod(ready: "False", error: "permission denied")),
        .passes(
            "mended, and the pod is ready",
            receiver(file: "cluster/receiver.yaml") + map(key: "rings.json") + pod(ready: "True")),
    ]

    private static func receiver(
        file: String = "receiver.yaml", mark: String = "", mount: String = "/etc/rings",
        volume: String = "{name: rings, configMap: {name: rings}}", name: String = "receiver"
    ) -> String {
        """
        -- \(file) --
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: \(name), namespace: monitoring}
        spec:
          template:
            spec:
              containers:
                - name: receive
                  image: quay.io/thanos/thanos:v0.37.2
                  args:
                    - receive
                    - --receive.hashrings-file=/etc/rings/rings.json\(mark)
                  volumeMounts: [{name: rings, mountPath: \(mount)}]
              volumes: [\(volume)]
        """
    }

    private static func map(key: String) -> String {
        """

        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: rings, namespace: monitoring}
        data:
          \(key): |
            [{"endpoints": ["receiver-0:10901"]}]
        """
    }

    private static func pod(
        ready: String, error: String = "no such file or directory"
    ) -> String {
        #"""

        ---
        \#(PodExample.named("receiver-0"))
        status: {conditions: [{type: Ready, status: "\#(ready)"}]}
        -- logs/monitoring/receiver-0/receive.log --
        level=error err="\#(error)\nadding path /etc/rings/x to file watcher"
        """#
    }
}
