import Diagnosis

extension Check {
    static let kustomizeReferenceDriftExamples: [Example] = [
        .triggers(
            "a prefix that the hashring does not have",
            render(receivers(prefix: "prod-", ring: ring, mark: mark))),
        .triggers(
            "a namespace that the hashring does not have",
            render(receivers(namespace: "observability", ring: ring, mark: mark))),
        .triggers(
            "the local endpoint alone",
            render(
                receivers(
                    prefix: "prod-", ring: "prod-receiver-0.prod-receiver.monitoring.svc",
                    local: "$(NAME).receiver.monitoring.svc:10901", localMark: mark))),
        .triggers(
            "the same in a cluster", live(receivers(prefix: "prod-", ring: ring, mark: mark))),
        .triggers(
            "only the StatefulSet was renamed",
            live(
                receivers(prefix: "prod-", service: "receiver", ring: ring, mark: mark))),
        .triggers(
            "a Query that asks by the old name",
            render(receivers(prefix: "prod-", ring: right) + query("receiver", mark: mark))),
        .triggers(
            "an agent that writes to a namespace that is gone",
            live(receivers(ring: plain) + agent("receiver.thanos", mark: mark) + namespaces)),
        .triggers(
            "a volume that does not know the hash of a generated ConfigMap",
            render(receivers(ring: plain, map: "rings-5k7g6h2mbt", volumeMark: mark))),
        .passes("all names agree", render(receivers(prefix: "prod-", ring: right))),
        .passes("all names agree in a cluster", live(receivers(prefix: "prod-", ring: right))),
        .passes(
            "files that may be rendered further",
            "-- all.yaml --\n" + receivers(prefix: "prod-", ring: ring)),
        .passes(
            "a render may leave a Service to others",
            render(
                receivers(ring: plain) + query("store") + agent("ingest.thanos"))),
        .passes(
            "a router that is named after the ingestors of another render",
            render(receivers(suffix: "-router", ring: ring, local: nil))),
        .passes(
            "the domain of another cluster",
            live(
                receivers(ring: plain)
                    + agent("receiver.monitoring", domain: "svc.clusterset.local"))),
        .passes(
            "a namespace that nobody looked into",
            live(receivers(ring: plain) + agent("receiver.thanos"))),
        .passes(
            "a name that is short", live(receivers(prefix: "prod-", ring: "receiver-0.receiver"))),
    ]

    private static let mark = " # <-- finding"
    private static let ring = "receiver-0.receiver.monitoring.svc.cluster.local"
    private static let plain = "receiver-0.receiver.monitoring.svc"
    private static let right = "prod-receiver-0.prod-receiver.monitoring.svc.cluster.local"

    private static func render(_ objects: String) -> String {
        "-- all.yaml --\n\(objects)\n-- render.txt --\n"
    }

    private static func live(_ objects: String) -> String { "-- cluster/all.yaml --\n\(objects)" }

    private static func receivers(
        prefix: String = "", suffix: String = "", service: String? = nil,
        namespace: String = "monitoring", ring: String, mark: String = "",
        local: String? = "$(NAME)", localMark: String = "", map: String = "rings",
        volumeMark: String = ""
    ) -> String {
        let name = prefix + "receiver" + suffix
        let flag = local.map { "--receive.local-endpoint=\($0)" } ?? "--log.level=info"
        return """
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: \(name), namespace: \(namespace)}
            spec:
              replicas: 3
              serviceName: \(service ?? name)
              template:
                metadata: {labels: {app: receiver}}
                spec:
                  containers:
                    - name: receive
                      image: quay.io/thanos/thanos:v0.37.2
                      env: [{name: NAME, valueFrom: {fieldRef: {fieldPath: metadata.name}}}]
                      args:
                        - receive
                        - --receive.hashrings-file=/etc/rings/rings.json
                        - \(flag)\(localMark)
                      volumeMounts: [{name: rings, mountPath: /etc/rings}]
                  volumes: [{name: rings, configMap: {name: rings}}]\(volumeMark)
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: \(map), namespace: \(namespace)}
            data:
              rings.json: |
                [{"endpoints": ["\(ring):10901", "10.0.0.1:10901"]}]\(mark)
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: \(service ?? name), namespace: \(namespace)}
            spec: {clusterIP: None, selector: {app: receiver}}

            """
    }

    private static func query(_ service: String, mark: String = "") -> String {
        """
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: query, namespace: monitoring}
        spec:
          template:
            spec:
              containers:
                - name: query
                  image: quay.io/thanos/thanos:v0.37.2
                  args:
                    - query
                    - --endpoint=dnssrv+_grpc._tcp.\(service).monitoring.svc.cluster.local\(mark)

        """
    }

    private static func agent(
        _ host: String, domain: String = "svc", mark: String = ""
    ) -> String {
        """
        ---
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: agent, namespace: monitoring}
        spec:
          template:
            spec:
              containers:
                - name: prometheus
                  image: prom/prometheus:v2.53.0
                  args: [--enable-feature=agent, --config.file=/etc/prometheus/prometheus.yml]
                  volumeMounts: [{name: config, mountPath: /etc/prometheus}]
              volumes: [{name: config, configMap: {name: agent}}]
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: agent, namespace: monitoring}
        data:
          prometheus.yml: |
            remote_write:
              - url: http://\(host).\(domain):19291/api/v1/receive\(mark)

        """
    }

    private static let namespaces = """
        ---
        apiVersion: v1
        kind: Namespace
        metadata: {name: monitoring}
        """
}
