import Diagnosis

extension Check {
    static let networkpolicyBlocksReceiveExamples: [Example] = [
        .triggers(
            "a policy that knows only pods, in front of a load balancer",
            bundle(
                policy(
                    mark: true,
                    """
                    ingress:
                        - from: [{namespaceSelector: {}}]
                    """), rendered: true)),
        .triggers(
            "a live Cilium policy that denies all: clients and peers",
            bundle(
                cilium(mark: true, "ingress: [{}]"), in: "cluster/")),
        .triggers(
            "the Ingress of Cilium is not let through",
            bundle(
                cilium(mark: true, "ingress: [{fromEntities: [world, remote-node]}, \(peers)]")
                    + ingress, in: "cluster/")),
        .triggers(
            "Query in another namespace",
            bundle(policy(mark: true, "ingress: [{ports: [{port: 19291}]}, \(own)]") + query)),
        .triggers(
            "egress without DNS and without the object store",
            bundle(
                policy(
                    mark: true,
                    """
                    policyTypes: [Egress]
                      egress:
                        - to: [{podSelector: {matchLabels: {app: receiver}}}]
                    """) + store, rendered: true)),
        .passes("no policy at all", bundle("", rendered: true)),
        .passes(
            "the policy of somebody else",
            bundle(policy(selector: "{matchLabels: {app: other}}", "ingress: []"), rendered: true)),
        .passes(
            "the port is open to everybody",
            bundle(
                policy("ingress: [{ports: [{port: remote-write}]}, \(own)]"), rendered: true)),
        .passes(
            "another policy allows what the first does not",
            bundle(
                policy("ingress: []")
                    + policy(
                        name: "allow", "ingress: [{from: [{ipBlock: {cidr: 0.0.0.0/0}}]}, \(own)]"),
                rendered: true)),
        .passes(
            "a block of addresses whose clients are not known",
            bundle(
                policy("ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8}}]}, \(own)]"),
                rendered: true)),
        .passes(
            "world and the cluster of a Cilium policy",
            bundle(
                cilium(
                    """
                    ingress:
                        - fromEntities: [world, cluster]
                          toPorts: [{ports: [{port: "19291", protocol: TCP}, {port: "10901"}]}]
                    """), in: "cluster/")),
        .passes(
            "a Cilium policy that does not isolate",
            bundle(
                cilium("enableDefaultDeny: {ingress: false}\n  ingress: [{}]"), in: "cluster/")),
        .passes(
            "an ordinary egress policy",
            bundle(
                policy(
                    """
                    policyTypes: [Egress]
                      egress:
                        - to: [{namespaceSelector: {}}]
                          ports: [{port: 53, protocol: UDP}]
                        - to: [{podSelector: {matchLabels: {app: receiver}}}]
                        - to: [{ipBlock: {cidr: 0.0.0.0/0}}]
                          ports: [{port: 443}]
                    """) + store, rendered: true)),
        .passes(
            "a write got through",
            bundle(
                policy("ingress: [\(own)]"), in: "cluster/")
                + "\n-- probes.txt --\n"
                + "remoteWrite http://127.77.0.210:19291/api/v1/receive passed"),
        .passes(
            "pods in their node's network are not subject to policies",
            bundle(policy("ingress: []"), network: "hostNetwork: true", rendered: true)),
    ]

    private static let own =
        "{from: [{podSelector: {matchLabels: {app: receiver}}}], ports: [{port: 10901}]}"
    private static let peers = "{fromEndpoints: [{matchLabels: {app: receiver}}]}"

    private static let ingress = """

        ---
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: {name: receiver, namespace: monitoring}
        spec:
          ingressClassName: cilium
          defaultBackend: {service: {name: receiver}}
        """

    private static let query = """

        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: query, namespace: central}
        spec:
          template:
            metadata: {labels: {app: query}}
            spec:
              containers:
                - name: query
                  image: quay.io/thanos/thanos:v0.37.2
                  args: [query, --endpoint=dnssrv+_grpc._tcp.receiver.monitoring.svc.cluster.local]
        """

    private static let store = """

        ---
        apiVersion: v1
        kind: Secret
        metadata: {name: store, namespace: monitoring}
        stringData:
          s3.yaml: |
            type: S3
            config: {bucket: metrics, endpoint: s3.eu-central-1.amazonaws.com}
        """

    private static func policy(
        name: String = "isolate", mark: Bool = false, selector: String = "{}", _ rules: String
    ) -> String {
        """

        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata:
          name: \(name)\(mark ? " # <-- finding" : "")
          namespace: monitoring
        spec:
          podSelector: \(selector)
          \(rules)
        """
    }

    private static func cilium(mark: Bool = false, _ rules: String) -> String {
        """

        ---
        apiVersion: cilium.io/v2
        kind: CiliumNetworkPolicy
        metadata:
          name: isolate\(mark ? " # <-- finding" : "")
          namespace: monitoring
        spec:
          endpointSelector: {}
          \(rules)
        """
    }

    private static func bundle(
        _ rest: String, in folder: String = "", network: String = "hostNetwork: false",
        rendered: Bool = false
    ) -> String {
        """
        -- \(folder)receiver.yaml --
        apiVersion: cilium.io/v2alpha1
        kind: CiliumLoadBalancerIPPool
        metadata: {name: lan}
        spec: {blocks: [{cidr: 127.77.0.0/24}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: receiver, namespace: monitoring}
        spec: {type: LoadBalancer, selector: {app: receiver}, ports: [{port: 19291}]}
        status: {loadBalancer: {ingress: [{ip: 127.77.0.210}]}}
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: ring, namespace: monitoring}
        data:
          hashrings.json: |
            [{"endpoints": ["receiver-0.receiver.monitoring.svc.cluster.local:10901",
                            "receiver-1.receiver.monitoring.svc.cluster.local:10901"]}]
        ---
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: receiver, namespace: monitoring}
        spec:
          replicas: 2
          template:
            metadata: {labels: {app: receiver}}
            spec:
              \(network)
              containers:
                - name: receive
                  image: quay.io/thanos/thanos:v0.37.2
                  args:
                    - receive
                    - --receive.hashrings-file=/etc/ring/hashrings.json
                    - --objstore.config-file=/etc/store/s3.yaml
                  ports: [{name: remote-write, containerPort: 19291}]
                  volumeMounts: [{name: ring, mountPath: /etc/ring}, {name: store, mountPath: /etc/store}]
              volumes: [{name: ring, configMap: {name: ring}}, {name: store, secret: {secretName: store}}]
        \(rest.trimmingPrefix("\n"))\(rendered ? "\n-- render.txt --\n" : "")
        """
    }
}
