import Diagnosis

extension Check {
    static let missingFsgroupExamples: [Example] = [
        .triggers(
            "a persistent TSDB and no securityContext",
            """
            -- receiver.yaml --
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: receiver, namespace: monitoring}
            spec:
              template:
                spec: # <-- finding
                  containers:
                    - name: receive
                      image: quay.io/thanos/thanos:v0.37.2
                      args: [receive, --tsdb.path=/var/thanos/receive]
                      volumeMounts: [{name: data, mountPath: /var/thanos/receive}]
              volumeClaimTemplates: [{metadata: {name: data}}]
            """),
        .passes(
            "the same after the repair",
            """
            -- receiver.yaml --
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: receiver, namespace: monitoring}
            spec:
              template:
                spec:
                  securityContext:
                    fsGroup: 65534
                    runAsUser: 65534
                    runAsNonRoot: true
                  containers:
                    - name: receive
                      image: quay.io/thanos/thanos:v0.37.2
                      args: [receive, --tsdb.path=/var/thanos/receive]
                      volumeMounts: [{name: data, mountPath: /var/thanos/receive}]
              volumeClaimTemplates: [{metadata: {name: data}}]
            """),
        .triggers(
            "fsGroup at the container",
            """
            -- receiver.yaml --
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: receiver, namespace: monitoring}
            spec:
              template:
                spec:
                  securityContext:
                    runAsUser: 1001
                  containers:
                    - name: receive
                      image: quay.io/thanos/thanos:v0.37.2
                      args: [receive, --tsdb.path=/data/tsdb]
                      securityContext:
                        fsGroup: 1001 # <-- finding
                      volumeMounts: [{name: data, mountPath: /data}]
                  volumes: [{name: data, persistentVolumeClaim: {claimName: receive-data}}]
            """),
        .triggers(
            "a live StatefulSet whose pods run: a warning only",
            """
            -- cluster/receiver.yaml --
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: receiver, namespace: monitoring}
            spec:
              template:
                spec:
                  securityContext: {} # <-- finding
                  containers:
                    - name: receive
                      image: quay.io/thanos/thanos:v0.37.2
                      args: [receive, --tsdb.path=/data]
                      volumeMounts: [{name: data, mountPath: /data}]
              volumeClaimTemplates: [{metadata: {name: data}}]
            ---
            \(PodExample.named("receiver-0"))
            status: {conditions: [{type: Ready, status: "True"}]}
            """),
        .triggers(
            "the default path, and a mount with a slash at its end",
            receiver(context: "{} # <-- finding", image: "v0.37.2").replacing(
                "args: [receive, --tsdb.path=/data]", with: "args: [receive]"
            ).replacing("mountPath: /data}", with: "mountPath: /data/}")),
        .passes("a receiver as root", receiver(context: "{runAsUser: 0}", image: "v0.37.2")),
        .passes("an image that ran as root", receiver(context: "{}", image: "v0.31.0")),
        .triggers(
            "an image of unknown version: not more than a hint",
            receiver(context: "{} # <-- finding", image: "latest")),
        .passes(
            "an init container that gives the volume away",
            receiver(
                context: "{runAsUser: 1001}", image: "v0.37.2",
                prior: """
                    initContainers:
                            - name: chown
                              command: [chown, -R, "1001:1001", /data]
                              volumeMounts: [{name: data, mountPath: /data}]
                    """)),
        .passes(
            "a TSDB that does not outlive the pod",
            receiver(context: "{}", image: "v0.37.2", volume: "scratch")),
        .passes(
            "an overlay states it",
            receiver(context: "{}", image: "v0.37.2")
                + """

                -- overlay/patch.yaml --
                apiVersion: apps/v1
                kind: StatefulSet
                metadata: {name: receiver}
                spec: {template: {spec: {securityContext: {fsGroup: 1001}}}}
                """),
    ]

    private static func receiver(
        context: String, image: String, prior: String = "initContainers: []",
        volume: String = "data"
    ) -> String {
        """
        -- receiver.yaml --
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: receiver, namespace: monitoring}
        spec:
          template:
            spec:
              securityContext: \(context)
              \(prior)
              containers:
                - name: receive
                  image: quay.io/thanos/thanos:\(image)
                  args: [receive, --tsdb.path=/data]
                  volumeMounts: [{name: \(volume), mountPath: /data}]
              volumes: [{name: scratch, emptyDir: {}}]
          volumeClaimTemplates: [{metadata: {name: data}}]
        """
    }
}
