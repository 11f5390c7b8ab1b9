import Diagnosis

extension Check {
    static let localEndpointWrongExamples: [Example] = [
        .triggers(
            "the domain is missing",
            receiver("$(POD_NAME).receiver.monitoring:10901", mark: " # <-- finding")),
        .triggers(
            "the port is missing",
            receiver("$(POD_NAME).receiver.monitoring.svc.cluster.local", mark: " # <-- finding")),
        .triggers(
            "a variable that is not defined",
            receiver("$(POD).receiver.monitoring.svc.cluster.local:10901", mark: " # <-- finding")),
        .triggers(
            "every pod says it is the first",
            receiver(
                "receiver-0.receiver.monitoring.svc.cluster.local:10901", mark: " # <-- finding")),
        .triggers(
            "the pod's address, and names in the ring",
            receiver("$(POD_IP):10901", mark: " # <-- finding")),
        .triggers("not given, and in the ring", receiver(nil, mark: " # <-- finding")),
        .triggers(
            "not given, and a volume that stays empty",
            receiver(nil, mark: " # <-- finding", ring: "other-0.other.monitoring.svc")),
        .triggers(
            "the same in a cluster",
            receiver(
                "$(POD_NAME).receiver:10901", mark: " # <-- finding", file: "cluster/receiver.yaml")
        ),
        .passes("the same text", receiver(whole)),
        .passes(
            "by way of another variable",
            receiver("$(SELF):10901")),
        .passes(
            "the address of Cap'n Proto",
            receiver("$(POD_NAME).receiver.monitoring.svc.cluster.local:19391")),
        .passes(
            "a variable from a ConfigMap", receiver("$(ENDPOINT)")),
        .passes(
            "a pod that the ring does not name yet",
            receiver(whole, replicas: 4)),
        .passes(
            "pods of the same name in another cluster",
            receiver(
                whole, ring: "receiver-0.receiver.monitoring.svc.west.example")),
        .passes(
            "a router without a volume",
            receiver(nil, ring: "other-0.other.monitoring.svc", volume: "scratch")),
        .passes(
            "an overlay gives the arguments",
            receiver("$(POD_NAME):10901") + """

                -- overlay/patch.yaml --
                apiVersion: apps/v1
                kind: StatefulSet
                metadata: {name: receiver}
                spec: {template: {spec: {containers: [{name: receive, args: [receive]}]}}}
                """),
    ]

    private static let whole = "$(POD_NAME).receiver.$(NAMESPACE).svc.cluster.local:10901"

    private static func receiver(
        _ endpoint: String?, mark: String = "", file: String = "receiver.yaml", replicas: Int = 3,
        ring: String? = nil, volume: String = "data"
    ) -> String {
        let name =
            ring.map { "[\"\($0):10901\"]" } ?? """
                ["receiver-0.receiver.monitoring.svc.cluster.local:10901", \
                "receiver-1.receiver.monitoring.svc.cluster.local:10901", \
                "receiver-2.receiver.monitoring.svc.cluster.local:10901"]
                """
        let local = endpoint.map { "\n            - --receive.local-endpoint=\($0)\(mark)" } ?? ""
        return """
            -- \(file) --
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: receiver, namespace: monitoring}
            spec:
              replicas: \(replicas)
              serviceName: receiver
              template:
                spec:
                  containers:
                    - name: receive
                      image: quay.io/thanos/thanos:v0.37.2
                      args:
                        - receive
                        - --tsdb.path=/data
                        - --receive.hashrings-file=/etc/rings/rings.json\
            \(endpoint == nil ? mark : "")\(local)
                      env:
                        - {name: POD_NAME, valueFrom: {fieldRef: {fieldPath: metadata.name}}}
                        - {name: NAMESPACE, valueFrom: {fieldRef: {fieldPath: metadata.namespace}}}
                        - {name: POD_IP, valueFrom: {fieldRef: {fieldPath: status.podIP}}}
                        - {name: ENDPOINT, valueFrom: {configMapKeyRef: {name: a, key: b}}}
                        - {name: SELF, value: $(POD_NAME).receiver.monitoring.svc.cluster.local}
                      volumeMounts:
                        - {name: rings, mountPath: /etc/rings}
                        - {name: \(volume), mountPath: /data}
                  volumes: [{name: rings, configMap: {name: rings}}, {name: scratch, emptyDir: {}}]
              volumeClaimTemplates: [{metadata: {name: data}}]
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: rings, namespace: monitoring}
            data:
              rings.json: |
                [{"endpoints": \(name)}]
            """
    }
}
