import Diagnosis

extension Check {
    static let lbPoolExhaustedExamples: [Example] = [
        .triggers(
            "one address, and the Ingress brings a Service of its own",
            receivers("cluster/", mark: " # <-- finding", status: "IPsAvailable", left: 0)
                + service("receiver", address: "127.77.0.210")
                + service("cilium-ingress-receiver", reason: "out_of_ips")),
        .triggers(
            "none is left and nobody waits: a note",
            receivers("cluster/", mark: " # <-- finding", status: "IPsAvailable", left: 0)
                + service("receiver", address: "127.77.0.210")),
        .passes(
            "addresses are left",
            receivers("cluster/", status: "IPsAvailable", left: 3)
                + service("receiver", address: "127.77.0.210")),
        .passes(
            "it waits for another reason",
            receivers("cluster/", status: "IPsAvailable", left: 1)
                + service("receiver", reason: "already_allocated")),
        .passes(
            "another pool has room for it",
            receivers("cluster/", status: "IPsAvailable", left: 2)
                + service("receiver", reason: "out_of_ips")
                + pool("spare", "10.0.0.0/28", status: "IPsAvailable", left: 9)),
        .triggers(
            "manifests: one address for a Service and an Ingress",
            receivers("", mark: " # <-- finding") + service("receiver") + ingress("cilium")),
        .passes(
            "a Service and an Ingress share the address",
            (receivers("", cidr: "127.77.0.210/31") + service("receiver") + ingress("cilium"))
                .replacing(
                    "name: receiver, namespace: monitoring}\nspec: {type",
                    with: "name: receiver, namespace: monitoring, \(shared)}\nspec: {type"
                ).replacing(
                    "name: receiver, namespace: monitoring}\nspec:\n  ingress",
                    with: "name: receiver, namespace: monitoring, \(shared)}\nspec:\n  ingress")),
        .passes(
            "the Ingress of another controller brings no Service",
            receivers("", cidr: "127.77.0.208/31") + service("receiver") + ingress("nginx")),
        .passes(
            "two pools together are enough",
            receivers("") + service("receiver") + ingress("cilium")
                + pool("spare", "10.0.0.0/31")),
        .passes(
            "the pool of something else",
            receivers("", selector: "{matchLabels: {app: other}}") + service("receiver")
                + ingress("cilium")),
    ]

    private static let shared = "annotations: {lbipam.cilium.io/sharing-key: entrance}"

    private static func receivers(
        _ folder: String, mark: String = "", cidr: String = "127.77.0.210/32",
        selector: String = "{}", status: String = "", left: Int = 0
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
        """ + pool("central", cidr, mark: mark, selector: selector, status: status, left: left)
    }

    private static func pool(
        _ name: String, _ cidr: String, mark: String = "", selector: String = "{}",
        status: String = "", left: Int = 0
    ) -> String {
        let conditions =
            status.isEmpty
            ? "" : "\nstatus: {conditions: [{type: cilium.io/\(status), message: \"\(left)\"}]}"
        return """

            ---
            apiVersion: cilium.io/v2alpha1
            kind: CiliumLoadBalancerIPPool
            metadata: {name: \(name)}
            spec:
              serviceSelector: \(selector)
              blocks:
                - cidr: \(cidr)\(mark)\(conditions)
            """
    }

    private static func service(
        _ name: String, address: String? = nil, reason: String = "satisfied"
    ) -> String {
        let given = address.map { "loadBalancer: {ingress: [{ip: \($0)}]}, " } ?? ""
        let satisfied = reason == "satisfied" ? "True" : "False"
        return """

            ---
            apiVersion: v1
            kind: Service
            metadata: {name: \(name), namespace: monitoring}
            spec: {type: LoadBalancer, selector: {app: \(name)}}
            status: {\(given)conditions: [{type: cilium.io/IPAMRequestSatisfied, \
            status: "\(satisfied)", reason: \(reason)}]}
            """
    }

    private static func ingress(_ className: String) -> String {
        """

        ---
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: {name: receiver, namespace: monitoring}
        spec:
          ingressClassName: \(className)
          defaultBackend: {service: {name: receiver}}
        """
    }
}
