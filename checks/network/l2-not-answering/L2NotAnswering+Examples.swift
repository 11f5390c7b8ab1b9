import Diagnosis

extension Check {
    static let l2NotAnsweringExamples: [Example] = [
        .triggers("no node has taken the Lease", bundle(mark: " # <-- finding")),
        .triggers(
            "announcements are switched off",
            bundle(mark: " # <-- finding", switched: "\"false\"")),
        .triggers(
            "announcements are switched off, and an old Lease is left",
            bundle(
                mark: " # <-- finding", switched: "\"false\"",
                lease: lease("worker-1", "2026-11-24T11:00:00Z"))),
        .triggers(
            "kube-proxy is not replaced",
            bundle(
                mark: " # <-- finding",
                switched: "\"true\", kube-proxy-replacement: \"false\"")),
        .triggers(
            "the holder is not Ready",
            bundle(mark: " # <-- finding", lease: lease("worker-1", "2026-11-24T11:00:00Z"))
                .replacing(
                    "metadata: {name: worker-1}",
                    with: "metadata: {name: worker-1}, "
                        + "status: {conditions: [{type: Ready, status: Unknown}]}")),
        .triggers(
            "the holder is no node of the cluster",
            bundle(mark: " # <-- finding", lease: lease("worker-9", "2026-11-24T11:59:55Z"))),
        .triggers(
            "the Lease is old",
            bundle(mark: " # <-- finding", lease: lease("worker-1", "2026-11-24T11:00:00Z"))),
        .passes(
            "a fresh Lease, whatever the ConfigMap says",
            bundle(
                switched: "\"false\"", lease: lease("worker-1", "2026-11-24T11:59:55Z"))),
        .passes(
            "a fresh Lease", bundle(lease: lease("worker-1", "2026-11-24T11:59:55Z"))),
        .passes("no address yet", bundle(status: "{}")),
        .passes("no policy selects it: another fault", bundle(selector: "{matchLabels: {a: b}}")),
    ]

    private static func lease(_ holder: String, _ renewed: String) -> String {
        """
        ---
        apiVersion: coordination.k8s.io/v1
        kind: Lease
        metadata: {name: cilium-l2announce-monitoring-receiver, namespace: kube-system}
        spec: {holderIdentity: \(holder), leaseDurationSeconds: 15, renewTime: "\(renewed)"}
        """
    }

    private static func bundle(
        mark: String = "", switched: String = "\"true\"", lease: String = "",
        selector: String = "{}", status: String = "{loadBalancer: {ingress: [{ip: 127.77.0.210}]}}"
    ) -> String {
        """
        -- cluster/receiver.yaml --
        apiVersion: cilium.io/v2alpha1
        kind: CiliumL2AnnouncementPolicy
        metadata: {name: lan}
        spec: {loadBalancerIPs: true, serviceSelector: \(selector)}
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: receiver\(mark)
          namespace: monitoring
        spec: {type: LoadBalancer, selector: {app: receiver}, ports: [{port: 19291}]}
        status: \(status)
        ---
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: receiver, namespace: monitoring}
        spec:
          template:
            metadata: {labels: {app: receiver}}
            spec:
              containers:
                - {name: receive, image: "quay.io/thanos/thanos:v0.37.2", args: [receive]}
        ---
        {apiVersion: v1, kind: Node, metadata: {name: worker-1}}
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: cilium-config, namespace: kube-system}
        data: {enable-l2-announcements: \(switched)}
        \(lease)
        -- now.txt --
        1795521600
        """
    }
}
