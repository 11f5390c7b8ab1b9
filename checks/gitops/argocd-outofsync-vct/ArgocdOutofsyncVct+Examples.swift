import Diagnosis

extension Check {
    static let argocdOutofsyncVctExamples: [Example] = [
        .triggers(
            "a claim template without its kind, applied on the server",
            "-- all.yaml --\n" + receiver(mark: mark) + application()),
        .triggers(
            "nothing but the StatefulSet differs",
            "-- cluster/all.yaml --\n" + receiver() + application(differing: true, mark: mark)),
        .passes(
            "a claim template that is whole",
            "-- all.yaml --\n"
                + receiver(head: "apiVersion: v1\n      kind: PersistentVolumeClaim\n      ")
                + application()),
        .passes(
            "the client applies",
            "-- all.yaml --\n" + receiver() + application(option: "CreateNamespace=true")),
        .passes(
            "it compares on the server",
            "-- all.yaml --\n" + receiver()
                + application(
                    annotation: "{argocd.argoproj.io/compare-options: ServerSideDiff=true}")),
        .passes(
            "in sync", "-- cluster/all.yaml --\n" + receiver() + application()),
        .passes(
            "a Service differs too",
            "-- cluster/all.yaml --\n" + receiver()
                + application(
                    differing: true, more: ", {kind: Service, name: receiver, status: OutOfSync}")),
    ]

    private static let mark = " # <-- finding"

    private static func receiver(head: String = "", mark: String = "") -> String {
        """
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: receiver, namespace: monitoring}
        spec:
          template:
            spec:
              containers:
                - {name: receive, image: "quay.io/thanos/thanos:v0.37.2", args: [receive]}
          volumeClaimTemplates:
            - \(head)metadata: {name: data}\(mark)
              spec: {resources: {requests: {storage: 50Gi}}}
        ---

        """
    }

    private static func application(
        option: String = "ServerSideApply=true", annotation: String = "{}",
        differing: Bool = false, more: String = "", mark: String = ""
    ) -> String {
        """
        apiVersion: argoproj.io/v1alpha1
        kind: Application
        metadata:
          name: receiver\(mark)
          namespace: argocd
          annotations: \(annotation)
        spec:
          destination: {server: "https://kubernetes.default.svc", namespace: monitoring}
          syncPolicy: {syncOptions: [\(option)]}
        status:
          sync: {status: \(differing ? "OutOfSync" : "Synced")}
          resources:
            - kind: StatefulSet
              namespace: monitoring
              name: receiver
              status: \(differing ? "OutOfSync" : "Synced")\(more.isEmpty ? "" : "\n    - " + more.dropFirst(2))
        """
    }
}
