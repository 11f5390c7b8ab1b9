import Diagnosis

extension Check {
    static let l2PolicyMissingExamples: [Example] = [
        .triggers("no policy at all", receivers("cluster/", mark: " # <-- finding")),
        .triggers(
            "the policy announces no LoadBalancer addresses",
            receivers("cluster/") + policy("\n  externalIPs: true", mark: " # <-- finding")),
        .triggers(
            "the selector means the pods' labels",
            receivers("cluster/")
                + policy(
                    """

                      loadBalancerIPs: true
                      serviceSelector: # <-- finding
                        matchLabels: {app.kubernetes.io/name: receiver}
                    """)),
        .triggers(
            "the policy selects no node",
            receivers("cluster/") + node
                + policy(
                    """

                      loadBalancerIPs: true
                      nodeSelector: # <-- finding
                        matchLabels: {role: edge}
                    """)),
        .passes(
            "a policy for this Service by its name",
            receivers("cluster/") + node
                + policy(
                    """

                      loadBalancerIPs: true
                      serviceSelector: {matchLabels: {io.kubernetes.service.name: receiver}}
                      nodeSelector: {matchLabels: {kubernetes.io/os: linux}}
                    """)),
        .passes(
            "a node holds the Lease of the Service",
            receivers("cluster/")
                + """

                ---
                apiVersion: coordination.k8s.io/v1
                kind: Lease
                metadata: {name: cilium-l2announce-monitoring-receiver, namespace: kube-system}
                spec: {holderIdentity: node-2}
                """),
        .passes(
            "MetalLB announces here",
            receivers("cluster/") + "\n---\n"
                + "{apiVersion: metallb.io/v1beta1, kind: L2Advertisement, metadata: {name: lan}}"),
        .passes("the policy may be among other manifests", receivers("")),
        .triggers(
            "manifests with a policy for something else: a warning",
            receivers("")
                + policy(
                    "\n  loadBalancerIPs: true\n  serviceSelector: # <-- finding\n"
                        + "    matchLabels: {app: other}")),
        .passes(
            "without an address there is nothing to announce",
            receivers("cluster/", status: "{}")),
    ]

    private static let node = """

        ---
        apiVersion: v1
        kind: Node
        metadata: {name: node-1, labels: {kubernetes.io/os: linux}}
        """

    private static func policy(_ spec: String, mark: String = "") -> String {
        """

        ---
        apiVersion: cilium.io/v2alpha1
        kind: CiliumL2AnnouncementPolicy
        metadata:
          name: central\(mark)
        spec:\(spec)
        """
    }

    private static func receivers(
        _ folder: String, mark: String = "",
        status: String = "{loadBalancer: {ingress: [{ip: 127.77.0.210}]}}"
    ) -> String {
        """
        -- \(folder)receiver.yaml --
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: receiver, namespace: monitoring}
        spec:
          template:
            metadata: {labels: {app.kubernetes.io/name: receiver}}
            spec: {containers: [{name: receive, image: "thanos:v0.37.2", args: [receive]}]}
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: receiver\(mark)
          namespace: monitoring
        spec: {type: LoadBalancer, selector: {app.kubernetes.io/name: receiver}}
        status: \(status)
        ---
        apiVersion: cilium.io/v2alpha1
        kind: CiliumLoadBalancerIPPool
        metadata: {name: central}
        spec: {blocks: [{cidr: 127.77.0.210/32}]}
        """
    }
}
