import Diagnosis

extension Check {
    static let rwUnauthenticatedVipExamples: [Example] = [
        .triggers("a load balancer for everyone", bundle(mark: " # <-- finding")),
        .triggers(
            "a range that holds everyone, live",
            bundle(
                "loadBalancerSourceRanges: [0.0.0.0/0]", mark: " # <-- finding", in: "cluster/")),
        .passes(
            "the agents' networks only", bundle("loadBalancerSourceRanges: [192.168.0.0/16]")),
        .passes(
            "client certificates", bundle(flag: "--remote-write.server-tls-client-ca=/tls/ca.crt")),
        .triggers(
            "a label names the tenant, of a release that does not validate it",
            bundle(type: "ClusterIP", flag: split, flagMark: " # <-- finding")),
        .triggers(
            "the same of an unknown release: a hint",
            bundle(type: "ClusterIP", flag: split, flagMark: " # <-- finding")
                .replacing(":v0.37.2", with: "@sha256:00")),
        .passes(
            "a release that does",
            bundle(type: "ClusterIP", flag: split).replacing("v0.37.2", with: "v0.42.0")),
        .passes("a Service of the cluster", bundle(type: "ClusterIP")),
        .passes(
            "a network policy",
            bundle() + """

                ---
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {name: clients, namespace: monitoring}
                spec:
                  podSelector: {matchLabels: {app: receiver}}
                  ingress: [{from: [{ipBlock: {cidr: 192.168.0.0/16}}]}]
                """),
        .passes(
            "an internal load balancer of a cloud",
            bundle(annotation: "{networking.gke.io/load-balancer-type: Internal}")),
    ]

    private static let split = "--receive.split-tenant-label-name=team"

    private static func bundle(
        _ ranges: String = "", type: String = "LoadBalancer", annotation: String = "{}",
        flag: String = "--log.level=info", mark: String = "", flagMark: String = "",
        in folder: String = ""
    ) -> String {
        """
        -- \(folder)receiver.yaml --
        apiVersion: v1
        kind: Service
        metadata: {name: receiver, namespace: monitoring, annotations: \(annotation)}
        spec:
          type: \(type)\(mark)
          selector: {app: receiver}
          ports: [{port: 19291}]
          \(ranges)
        ---
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: receiver, namespace: monitoring}
        spec:
          template:
            metadata: {labels: {app: receiver}}
            spec:
              containers:
                - name: receive
                  image: quay.io/thanos/thanos:v0.37.2
                  args: [receive, "\(flag)"]\(flagMark)
        """
    }
}
