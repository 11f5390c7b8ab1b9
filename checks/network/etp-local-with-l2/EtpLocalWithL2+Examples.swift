import Diagnosis

extension Check {
    static let etpLocalWithL2Examples: [Example] = [
        .triggers("Local on an announced Service", bundle(mark: " # <-- finding")),
        .triggers(
            "Local on a Service that shares its address",
            bundle(mark: " # <-- finding").replacing(
                "metadata: {name: receiver, namespace: monitoring}\nspec:\n  type",
                with: "metadata: {name: receiver, namespace: monitoring, "
                    + "annotations: {lbipam.cilium.io/sharing-key: a}}\nspec:\n  type")
                    + """

                    ---
                    apiVersion: v1
                    kind: Service
                    metadata:
                      name: ingest
                      namespace: monitoring
                      annotations: {lbipam.cilium.io/sharing-key: a}
                    spec: {type: LoadBalancer, selector: {app: ingest}, externalTrafficPolicy: Local}
                    """),
        .triggers(
            "the node that announces has no receiver",
            bundle(mark: " # <-- finding", in: "cluster/")
                + pod(on: "worker-1", lease: "worker-2")),
        .passes(
            "each node that may announce has a receiver",
            bundle(in: "cluster/") + pod(on: "worker-1", lease: "worker-1")
                + "\n---\n{apiVersion: v1, kind: Node, metadata: {name: worker-1}}"),
        .passes("Cluster", bundle(policy: "Cluster")),
        .passes(
            "an address that BGP announces",
            bundle(provider: "io.cilium/bgp-control-plane")),
        .passes("a policy for other Services", bundle(selector: "{matchLabels: {app: other}}")),
        .passes("a receiver on every node", bundle(kind: "DaemonSet")),
    ]

    private static func pod(on node: String, lease holder: String) -> String {
        """

        ---
        apiVersion: v1
        kind: Pod
        metadata:
          name: receiver-0
          namespace: monitoring
          labels: {app: receiver}
          ownerReferences: [{kind: StatefulSet, name: receiver, controller: true}]
        spec: {nodeName: \(node)}
        status: {conditions: [{type: Ready, status: "True"}]}
        ---
        apiVersion: coordination.k8s.io/v1
        kind: Lease
        metadata: {name: cilium-l2announce-monitoring-receiver, namespace: kube-system}
        spec: {holderIdentity: \(holder)}
        """
    }

    private static func bundle(
        mark: String = "", policy: String = "Local", provider: String = "io.cilium/l2-announcer",
        selector: String = "{}", kind: String = "StatefulSet", in folder: String = ""
    ) -> String {
        """
        -- \(folder)receiver.yaml --
        apiVersion: cilium.io/v2alpha1
        kind: CiliumL2AnnouncementPolicy
        metadata: {name: lan}
        spec: {loadBalancerIPs: true, serviceSelector: \(selector)}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: receiver, namespace: monitoring}
        spec:
          type: LoadBalancer
          loadBalancerClass: \(provider)
          externalTrafficPolicy: \(policy)\(mark)
          selector: {app: receiver}
          ports: [{port: 19291}]
        ---
        apiVersion: apps/v1
        kind: \(kind)
        metadata: {name: receiver, namespace: monitoring}
        spec:
          template:
            metadata: {labels: {app: receiver}}
            spec:
              containers:
                - {name: receive, image: "quay.io/thanos/thanos:v0.37.2", args: [receive]}
        """
    }
}
