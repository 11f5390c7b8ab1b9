import Diagnosis

extension Check {
    static let lbPoolUnusableExamples: [Example] = [
        .triggers(
            "a live pool that overlaps another",
            bundle(
                pool(
                    "blocks:\n    - cidr: 127.77.0.210/32 # <-- finding",
                    status: """
                        {conditions: [{type: cilium.io/PoolConflict, status: "True", \
                        reason: cidr_overlap, \
                        message: "Pool conflicts since CIDR '127.77.0.210/32' overlaps CIDR \
                        '127.77.0.0/24' from IP Pool 'lan'"}]}
                        """), in: "cluster/")),
        .triggers(
            "the only pool is disabled",
            bundle(pool("disabled: true # <-- finding\n  blocks: [{cidr: 127.77.0.0/24}]"))),
        .triggers(
            "a field of former times",
            bundle(pool("cidrs: [{cidr: 127.77.0.0/24}] # <-- finding"))),
        .triggers(
            "two pools with one address in common",
            bundle(
                pool("blocks:\n    - cidr: 127.77.0.0/24 # <-- finding")
                    + pool(name: "spare", "blocks: [{start: 127.77.0.9, stop: 127.77.1.9}]"))),
        .passes("a pool as it should be", bundle(pool("blocks: [{cidr: 127.77.0.0/24}]"))),
        .passes(
            "a full pool, whose Service has its address",
            bundle(
                pool(
                    "blocks: [{cidr: 127.77.0.210/32}]",
                    status: """
                        {conditions: [{type: cilium.io/PoolConflict, status: "False"}, \
                        {type: cilium.io/IPsAvailable, message: "0"}]}
                        """), address: "{loadBalancer: {ingress: [{ip: 127.77.0.210}]}}",
                in: "cluster/")),
        .passes(
            "a disabled pool that serves others",
            bundle(
                pool(
                    "disabled: true\n  serviceSelector: {matchLabels: {app: other}}\n"
                        + "  blocks: [{cidr: 127.77.0.0/24}]"))),
        .passes(
            "two pools side by side",
            bundle(
                pool("blocks: [{cidr: 127.77.0.0/25}]")
                    + pool(name: "spare", "blocks: [{cidr: 127.77.0.128/25}]"))),
    ]

    private static func pool(name: String = "lan", _ spec: String, status: String = "{}") -> String
    {
        """

        ---
        apiVersion: cilium.io/v2alpha1
        kind: CiliumLoadBalancerIPPool
        metadata: {name: \(name)}
        spec:
          \(spec)
        status: \(status)
        """
    }

    private static func bundle(
        _ pools: String, address: String = "{}", in folder: String = ""
    ) -> String {
        """
        -- \(folder)receiver.yaml --
        apiVersion: v1
        kind: Service
        metadata: {name: receiver, namespace: monitoring}
        spec: {type: LoadBalancer, selector: {app: receiver}, ports: [{port: 19291}]}
        status: \(address)
        ---
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: receiver, namespace: monitoring}
        spec:
          template:
            metadata: {labels: {app: receiver}}
            spec:
              containers:
                - {name: receive, image: "quay.io/thanos/thanos:v0.37.2", args: [receive]}\(pools)
        """
    }
}
