import Diagnosis

extension Check {
    static let ingressNoAddressExamples: [Example] = [
        .triggers(
            "the generated Service waits itself",
            ingress(
                mark: " # <-- finding", status: "{loadBalancer: {}}",
                more: """
                    ---
                    apiVersion: v1
                    kind: Service
                    metadata: {name: cilium-ingress-entrance, namespace: monitoring}
                    spec: {type: LoadBalancer}
                    status: {conditions: [{type: cilium.io/IPAMRequestSatisfied, \
                    status: "False", reason: out_of_ips}]}
                    """)),
        .triggers(
            "a class of somebody else: a warning only",
            ingress(mark: " # <-- finding", className: "nginx", status: "{}")),
        .passes(
            "it has an address",
            ingress(status: "{loadBalancer: {ingress: [{ip: 127.77.0.211}]}}")),
        .passes("a manifest has no status", ingress(folder: "", status: "{}")),
        .passes(
            "an Ingress of something else",
            ingress(backend: "grafana", status: "{loadBalancer: {}}")),
    ]

    private static func ingress(
        folder: String = "cluster/", mark: String = "", className: String = "cilium",
        backend: String = "receiver", status: String, more: String = "---"
    ) -> String {
        """
        -- \(folder)receiver.yaml --
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: receiver, namespace: monitoring}
        spec:
          template:
            metadata: {labels: {app: receiver}}
            spec: {containers: [{name: receive, image: "thanos:v0.37.2", args: [receive]}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: receiver, namespace: monitoring}
        spec: {selector: {app: receiver}, ports: [{port: 19291}]}
        ---
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: entrance\(mark)
          namespace: monitoring
        spec:
          ingressClassName: \(className)
          rules: [{http: {paths: [{backend: {service: {name: \(backend)}}}]}}]
        status: \(status)
        \(more)
        """
    }
}
