import Diagnosis

extension Check {
    static let tsdbNotPersistentExamples: [Example] = [
        .triggers(
            "the flag names a directory beside the volume",
            receiver("- --tsdb.path=/var/thanos/data # <-- finding", claims: "data")),
        .triggers(
            "no path, which means ./data, and no volume there",
            receiver("- --log.level=info", mark: " # <-- finding", claims: "data")),
        .triggers(
            "quotes that no shell takes away",
            receiver(#"- --tsdb.path="/var/thanos/receive" # <-- finding"#, claims: "data")),
        .passes(
            "at the mount path", receiver("- --tsdb.path=/var/thanos/receive", claims: "data")),
        .passes(
            "below the mount path",
            receiver("- --tsdb.path=/var/thanos/receive/tsdb", claims: "data")),
        .passes(
            "the path in an argument of its own",
            receiver("- --tsdb.path\n            - /var/thanos/receive", claims: "data")),
        .passes(
            "a relative path that leads to the mount",
            receiver("- --tsdb.path=./var/thanos/receive", claims: "data")),
        .triggers(
            "an emptyDir",
            receiver(
                "- --tsdb.path=/var/thanos/receive", mountMark: " # <-- finding",
                volumes: "[{name: data, emptyDir: {}}]")),
        .triggers(
            "a mount that names no volume",
            receiver(
                "- --tsdb.path=/var/thanos/receive", mountMark: " # <-- finding", claims: "tsdb")),
        .passes(
            "an overlay gives the volume",
            receiver("- --tsdb.path=/var/thanos/receive")
                + """

                -- overlay/volume.yaml --
                apiVersion: apps/v1
                kind: StatefulSet
                metadata: {name: receiver}
                spec: {volumeClaimTemplates: [{metadata: {name: data}}]}
                """.replacing(
                    "spec: {", with: "spec: {template: {spec: {containers: [{name: receive}]}}, ")),
        .triggers(
            "three pods on one claim",
            receiver(
                "- --tsdb.path=/var/thanos/receive", mountMark: " # <-- finding",
                kind: "Deployment",
                volumes: "[{name: data, persistentVolumeClaim: {claimName: tsdb}}]")),
        .passes(
            "three pods on one claim, each below its own name",
            receiver(
                "- --tsdb.path=/var/thanos/receive/$(POD_NAME)", kind: "Deployment",
                volumes: "[{name: data, persistentVolumeClaim: {claimName: tsdb}}]")),
        .passes(
            "a disk of the node",
            receiver(
                "- --tsdb.path=/var/thanos/receive",
                volumes: "[{name: data, hostPath: {path: /mnt/nvme}}]")),
        .passes(
            "a router stores nothing",
            receiver(#"- --receive.hashrings=[{"endpoints":["a:10901"]}]"#)),
        .triggers(
            "a live one",
            receiver(
                "- --tsdb.path=/data # <-- finding", folder: "cluster/", claims: "data")),
    ]

    private static func receiver(
        _ argument: String, mark: String = "", folder: String = "", mountMark: String = "",
        kind: String = "StatefulSet", claims: String? = nil, volumes: String = "[]"
    ) -> String {
        """
        -- \(folder)receiver.yaml --
        apiVersion: apps/v1
        kind: \(kind)
        metadata: {name: receiver, namespace: monitoring}
        spec:
          replicas: 3
          selector: {matchLabels: {app: receiver}}
          template:
            spec:
              containers:
                - name: receive\(mark)
                  image: quay.io/thanos/thanos:v0.37.2
                  env: [{name: POD_NAME, valueFrom: {fieldRef: {fieldPath: metadata.name}}}]
                  args:
                    - receive
                    \(argument)
                  volumeMounts:
                    - name: data
                      mountPath: /var/thanos/receive\(mountMark)
              volumes: \(volumes)
          volumeClaimTemplates: [\(claims.map { "{metadata: {name: \($0)}}" } ?? "")]
        """
    }
}
