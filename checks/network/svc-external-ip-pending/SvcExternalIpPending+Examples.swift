import Diagnosis

extension Check {
    static let svcExternalIpPendingExamples: [Example] = [
        .triggers(
            "no pool serves the Service",
            receivers("cluster/")
                + service(
                    mark: " # <-- finding",
                    status: "{conditions: [{type: cilium.io/IPAMRequestSatisfied, "
                        + "status: \"False\", reason: pool_selector_mismatch}]}")),
        .triggers(
            "the Service of the Ingress waits",
            receivers("cluster/") + service(status: "{loadBalancer: {ingress: [{ip: 127.77.0.9}]}}")
                + """

                ---
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata: {name: entrance, namespace: monitoring}
                spec: {ingressClassName: cilium, defaultBackend: {service: {name: receiver}}}
                ---
                apiVersion: v1
                kind: Service
                metadata:
                  name: cilium-ingress-entrance # <-- finding
                  namespace: monitoring
                spec: {type: LoadBalancer}
                status: {conditions: [{type: io.cilium/lb-ipam-request-satisfied, \
                status: "False", reason: out_of_ips}]}
                """),
        .passes(
            "it has an address",
            receivers("cluster/") + service(status: "{loadBalancer: {ingress: [{ip: 127.77.0.9}]}}")
        ),
        .passes(
            "inside the cluster no external address is needed",
            receivers("cluster/") + service(type: "ClusterIP", status: "{}")),
        .triggers(
            "the requested address is in no pool",
            receivers("")
                + service(
                    annotations:
                        "\n  annotations:\n    lbipam.cilium.io/ips: 10.0.9.1 # <-- finding",
                    status: "{}") + pool),
        .passes(
            "the pool holds the requested address",
            receivers("")
                + service(
                    annotations: "\n  annotations:\n    lbipam.cilium.io/ips: 10.0.0.9",
                    status: "{}") + pool),
        .triggers(
            "a pool that selects others, in a complete render",
            receivers("") + service(mark: " # <-- finding", status: "{}")
                + pool.replacing(
                    "spec: {", with: "spec: {serviceSelector: {matchLabels: {app: other}}, ")
                + "\n-- render.txt --\n"),
        .passes(
            "the pool may be among other manifests",
            receivers("")
                + service(
                    annotations: "\n  annotations:\n    lbipam.cilium.io/ips: 10.0.9.1",
                    status: "{}")),
    ]

    private static let pool = """

        ---
        apiVersion: cilium.io/v2alpha1
        kind: CiliumLoadBalancerIPPool
        metadata: {name: central}
        spec: {blocks: [{start: 10.0.0.1, stop: 10.0.0.14}]}
        """

    private static func receivers(_ folder: String) -> String {
        """
        -- \(folder)receiver.yaml --
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: receiver, namespace: monitoring}
        spec:
          template:
            metadata: {labels: {app: receiver}}
            spec: {containers: [{name: receive, image: "thanos:v0.37.2", args: [receive]}]}
        """
    }

    private static func service(
        mark: String = "", annotations: String = "", type: String = "LoadBalancer", status: String
    ) -> String {
        """

        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: receiver\(mark)
          namespace: monitoring\(annotations)
        spec: {type: \(type), selector: {app: receiver}}
        status: \(status)
        """
    }
}
