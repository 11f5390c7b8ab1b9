import Diagnosis

extension Check {
    static let hashringNoMatchingTenantExamples: [Example] = [
        .triggers(
            "the agent's header names a tenant of no ring",
            receiver(rings: #"[{"tenants":["team-b"],"endpoints":["a:1"]}]"#)
                + agent(headers: "\n    THANOS-TENANT: team-a # <-- finding")),
        .triggers(
            "no header means the default tenant",
            receiver(rings: #"[{"tenants":["team-b"],"endpoints":["a:1"]}]"#)
                + agent(mark: " # <-- finding", headers: " {}")),
        .passes(
            "the ring takes the tenant",
            receiver(rings: #"[{"tenants":["team-a"],"endpoints":["a:1"]}]"#)
                + agent(headers: "\n    thanos-tenant: team-a")),
        .passes(
            "a pattern takes the tenant",
            receiver(
                rings: #"[{"tenants":["team-*"],"tenant_matcher_type":"glob","endpoints":["a:1"]}]"#
            )
                + agent(headers: "\n    THANOS-TENANT: team-a")),
        .triggers(
            "several patterns, of which v0.37.2 asks the last it looks at",
            receiver(
                rings: #"[{"tenants":["team-*","edge-*"], # <-- finding"#
                    + "\n" + #"     "tenant_matcher_type":"glob","endpoints":["a:1"]}]"#)),
        .passes(
            "a ring without tenants takes every one",
            receiver(rings: #"[{"tenants":["b"],"endpoints":["a:1"]},{"endpoints":["a:1"]}]"#)
                + agent(headers: "\n    THANOS-TENANT: team-a")),
        .passes(
            "nobody is known to write",
            receiver(rings: #"[{"tenants":["team-b"],"endpoints":["a:1"]}]"#)),
        .passes(
            "the agent writes elsewhere",
            receiver(rings: #"[{"tenants":["team-b"],"endpoints":["a:1"]}]"#)
                + agent(host: "mimir.other.svc", headers: " {}")),
        .triggers(
            "a ring behind one that takes all",
            receiver(
                rings: """
                    [{"hashring":"all","endpoints":["a:1"]},
                         {"hashring":"team-b", # <-- finding
                          "tenants":["team-b"],"endpoints":["b:1"]}]
                    """)),
        .triggers(
            "the log names the tenant",
            receiver(
                "cluster/", mark: " # <-- finding",
                rings: #"[{"tenants":["team-b"],"endpoints":["a:1"]}]"#) + log),
        .triggers(
            "a refusal of yesterday: a warning only",
            receiver(
                "cluster/", mark: " # <-- finding",
                rings: #"[{"tenants":["team-b"],"endpoints":["a:1"]}]"#)
                + log.replacing("level=error", with: "ts=2026-11-19T12:00:00Z level=error")
                + "\n-- now.txt --\n1795176000"),
        .triggers(
            "two lists: neither may be the tenant's",
            receiver(
                rings: #"[{"tenants":["team-b"],"endpoints":["a:1"]}, "#
                    + #"{"tenants":["team-c"],"endpoints":["b:1"]}]"#)
                + agent(headers: "\n    THANOS-TENANT: team-a # <-- finding")),
        .passes(
            "a base whose rings an overlay states",
            receiver("base/", rings: #"[{"tenants":["team-b"],"endpoints":["a:1"]}]"#)
                + agent(headers: "\n    THANOS-TENANT: team-a") + overlay),
        .passes(
            "the ring was mended since",
            receiver("cluster/", rings: #"[{"tenants":["team-a"],"endpoints":["a:1"]}]"#) + log),
        .triggers(
            "an agent of another cluster writes as the default tenant",
            receiver(
                "cluster/", rings: #"[{"tenants":["team-b"],"endpoints":["a:1"]}]"#,
                address: "10.0.0.7") + "\n"
                + AgentExample.manifests(
                    folder: "clusters/edge-02/cluster/", rest: " # <-- finding")),
        .passes(
            "an agent of another cluster writes to another address",
            receiver(
                "cluster/", rings: #"[{"tenants":["team-b"],"endpoints":["a:1"]}]"#,
                address: "10.0.0.8") + "\n"
                + AgentExample.manifests(folder: "clusters/edge-02/cluster/")),
    ]

    private static let log = #"""

        ---
        \#(PodExample.named("receiver-0"))
        -- logs/monitoring/receiver-0/receive.log --
        level=error tenant=team-a err="no matching hashring to handle tenant"
        """#

    private static let overlay = #"""

        -- overlay/kustomization.yaml --
        apiVersion: kustomize.config.k8s.io/v1beta1
        kind: Kustomization
        resources: [../base]
        -- overlay/rings.yaml --
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: rings}
        data:
          rings.json: |
            [{"tenants":["team-a"],"endpoints":["a:1"]}]
        """#

    private static func receiver(
        _ folder: String = "", mark: String = "", rings: String, address: String = ""
    ) -> String {
        """
        -- \(folder)receiver.yaml --
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
                  args: [receive, --receive.hashrings-file=/etc/rings/rings.json]
                  volumeMounts: [{name: rings, mountPath: /etc/rings}]
              volumes: [{name: rings, configMap: {name: rings}}]
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: rings, namespace: monitoring}
        data:
          rings.json: |
            \(rings)\(mark)
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: receiver, namespace: monitoring}
        spec: {type: LoadBalancer, selector: {app: receiver}, ports: [{port: 19291}]}
        status: {loadBalancer: {ingress: [\(address.isEmpty ? "" : "{ip: \(address)}")]}}
        """
    }

    private static func agent(
        host: String = "receiver.monitoring.svc", mark: String = "", headers: String
    ) -> String {
        """

        -- prometheus.yml --
        remote_write:
          - url: http://\(host):19291/api/v1/receive\(mark)
            headers:\(headers.replacing("\n    ", with: "\n      "))
        """
    }
}
