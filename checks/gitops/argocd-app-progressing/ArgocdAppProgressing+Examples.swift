import Diagnosis

extension Check {
    static let argocdAppProgressingExamples: [Example] = [
        .triggers(
            "the Service in front of the receivers has no address",
            cluster(health: "{status: Progressing}", mark: " # <-- finding")),
        .triggers(
            "Argo CD 3.0 does not write the health of each object",
            cluster(health: nil, mark: " # <-- finding")),
        .triggers(
            "the receivers are not all ready",
            cluster(
                health: nil, status: "{loadBalancer: {ingress: [{ip: 10.0.0.9}]}}", ready: 1,
                mark: " # <-- finding")),
        .passes("the Application is Healthy", cluster(health: nil, whole: "Healthy")),
        .passes(
            "a sync that has just ended",
            cluster(health: "{status: Progressing}", finished: "2026-11-22T11:50:00Z")),
        .passes(
            "somebody else's Service is waited for",
            cluster(health: "{status: Progressing}", resource: "grafana")),
        .passes(
            "it has its address, and something else is not seen",
            cluster(health: nil, status: "{loadBalancer: {ingress: [{ip: 10.0.0.9}]}}")),
        .passes(
            "the Application of another cluster",
            cluster(health: "{status: Progressing}", server: "https://edge.example.com")),
    ]

    private static func cluster(
        health: String?, status: String = "{}", ready: Int = 3, whole: String = "Progressing",
        resource: String = "receiver", finished: String = "2026-11-22T09:00:00Z",
        server: String = "https://kubernetes.default.svc", mark: String = ""
    ) -> String {
        """
        -- cluster/all.yaml --
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: receiver, namespace: monitoring}
        spec:
          replicas: 3
          template:
            metadata: {labels: {app: receiver}}
            spec:
              containers:
                - {name: receive, image: "quay.io/thanos/thanos:v0.37.2", args: [receive]}
        status: {readyReplicas: \(ready)}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: receiver, namespace: monitoring}
        spec: {type: LoadBalancer, selector: {app: receiver}}
        status: \(status)
        ---
        apiVersion: argoproj.io/v1alpha1
        kind: Application
        metadata:
          name: receiver\(mark)
          namespace: argocd
        spec: {destination: {server: "\(server)", namespace: monitoring}}
        status:
          sync: {status: Synced}
          health: {status: \(whole)}
          operationState: {finishedAt: "\(finished)"}
          resources:
            - kind: Service
              namespace: monitoring
              name: \(resource)\(health.map { "\n      health: \($0)" } ?? "")
            - {kind: StatefulSet, namespace: monitoring, name: receiver}
        -- now.txt --
        1795348800
        """
    }
}
