import Diagnosis

extension Check {
    static let hashringDnsUnresolvableExamples: [Example] = [
        .triggers(
            "the ring names another Service",
            receiver(ring: "receiver-0.receiver-headless.monitoring.svc", mark: mark)),
        .triggers(
            "the ring names another Service, and the StatefulSet's own is not headless",
            receiver(ring: "receiver-0.receiver-headless.monitoring.svc", mark: mark)
                + service("{selector: {app: receiver}}")),
        .triggers(
            "the StatefulSet has no Service",
            receiver(serviceName: "", ring: name, mark: mark)),
        .triggers(
            "the Service is not headless",
            receiver(ring: name) + service("{selector: {app: receiver}}", mark: mark)),
        .triggers(
            "the Service selects other pods",
            receiver(ring: name)
                + service("{clusterIP: None, selector: {app: thanos}}", mark: mark)),
        .triggers(
            "a complete render without the Service",
            receiver(ring: name, mark: mark) + "\n-- render.txt --"),
        .triggers(
            "names only while the pods are ready: a hint",
            receiver(ring: name)
                + service("{clusterIP: None, selector: {app: receiver}}", mark: mark)),
        .triggers(
            "the same in a cluster",
            receiver(
                file: "cluster/receiver.yaml",
                ring: "receiver-0.receiver-headless.monitoring.svc", mark: mark)),
        .triggers(
            "a receiver says so now",
            receiver(file: "cluster/receiver.yaml", ring: name, mark: mark) + service(whole)
                + log("11:58:00")),
        .triggers(
            "a complete render whose ring names the namespace of the base",
            receiver(ring: "receiver-0.receiver.thanos.svc.cluster.local", mark: mark)
                + service(whole) + "\n-- render.txt --"),
        .triggers(
            "a Service whose name begins like the namespace, in a cluster",
            receiver(
                file: "cluster/receiver.yaml", serviceName: "thanos-receive",
                ring: "receiver-0.thanos-receive.thanos.svc", mark: mark)),
        .triggers(
            "the same in a folder, which may not be all: a warning only",
            receiver(ring: "receiver-0.receiver.thanos.svc.cluster.local", mark: mark)),
        .passes(
            "its namesake is in that namespace",
            receiver(ring: "receiver-0.receiver.thanos.svc.cluster.local")
                + """

                -- other.yaml --
                apiVersion: apps/v1
                kind: StatefulSet
                metadata: {name: receiver, namespace: thanos}
                spec: {serviceName: receiver, template: {}}
                """),
        .passes(
            "a receiver said so an hour ago",
            receiver(file: "cluster/receiver.yaml", ring: name) + service(whole)
                + log("10:58:00")),
        .passes(
            "the pod that it asked for has started since",
            receiver(file: "cluster/receiver.yaml", ring: name) + started + service(whole)
                + log("11:58:00")),
        .passes("a headless Service", receiver(ring: name) + service(whole)),
        .passes("the Service may be among other manifests", receiver(ring: name)),
        .passes(
            "a name within the namespace", receiver(ring: "receiver-0.receiver") + service(whole)),
        .passes(
            "a Service for each pod", receiver(ring: "receiver-0.monitoring.svc.cluster.local")),
        .passes("nodes of somebody else", receiver(ring: "thanos-0.thanos.other.svc")),
        .passes(
            "an overlay may give the serviceName",
            receiver(serviceName: "", ring: name) + """

                -- overlay/patch.yaml --
                apiVersion: apps/v1
                kind: StatefulSet
                metadata: {name: receiver}
                spec: {serviceName: receiver, template: {}}
                """),
    ]

    private static let mark = " # <-- finding"
    private static let name = "receiver-0.receiver.monitoring.svc.cluster.local"
    private static let whole =
        "{clusterIP: None, publishNotReadyAddresses: true, selector: {app: receiver}}"

    private static func receiver(
        file: String = "receiver.yaml", serviceName: String = "receiver", ring: String,
        mark: String = ""
    ) -> String {
        """
        -- \(file) --
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: receiver, namespace: monitoring}
        spec:
          replicas: 3
          serviceName: "\(serviceName)"
          template:
            metadata: {labels: {app: receiver}}
            spec:
              containers:
                - name: receive
                  image: quay.io/thanos/thanos:v0.37.2
                  args: [receive, --receive.hashrings-file=/etc/rings/rings.json]
                  volumeMounts: [{name: rings, mountPath: /etc/rings}]
              volumes: [{name: rings, configMap: {name: rings}}]
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: rings, namespace: monitoring}
        data:
          rings.json: |
            [{"endpoints": ["\(ring):10901"]}]\(mark)
        """ + (file.hasPrefix("cluster/") ? pod : "")
    }

    private static let pod = """

        ---
        \(PodExample.named("receiver-1"))
        """

    private static let started = """

        ---
        \(PodExample.named("receiver-0"))
        status:
          conditions: [{type: Ready, status: "True", lastTransitionTime: "2026-11-22T11:59:00Z"}]
        """

    private static func service(_ spec: String, mark: String = "") -> String {
        """

        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: receiver\(mark)
          namespace: monitoring
        spec: \(spec)
        """
    }

    private static func log(_ time: String) -> String {
        """

        -- logs/monitoring/receiver-1/receive.log --
        ts=2026-11-22T\(time)Z level=debug msg="failed to handle request" err="forwarding request \
        to endpoint: failed to dial peer: lookup \(name): no such host"
        -- now.txt --
        1795348800
        """
    }
}
