import Diagnosis

extension Check {
    static let argocdVsCiliumResourcesExamples: [Example] = [
        .triggers(
            "Argo CD before 3.0 tracks by label",
            untouched("v2.13.1", mark: " # <-- finding")),
        .passes("since 3.0 it tracks by annotation", untouched("v3.0.0")),
        .triggers(
            "an Application prunes identities",
            application(
                """
                    resources:
                      - {kind: StatefulSet, name: receiver, namespace: monitoring, status: Synced}
                      - {kind: CiliumIdentity, name: "12345", requiresPruning: true} # <-- finding
                """)),
        .triggers(
            "it tracks them and does not prune: a warning",
            application(
                """
                    resources:
                      - {kind: CiliumEndpoint, name: receiver-0, namespace: m} # <-- finding
                """, prune: false)),
        .triggers(
            "the Endpoints of the shared Ingress are left out",
            application(
                """
                    conditions:
                      - type: ExcludedResourceWarning # <-- finding
                        message: Resource /Endpoints cilium-ingress is excluded in the settings
                """)),
        .triggers(
            "tracking by label in the manifests",
            settings("label # <-- finding")),
        .passes("tracking by annotation", settings("annotation")),
        .passes(
            "the identities are excluded",
            settings("label", exclusions: "- {apiGroups: [cilium.io], kinds: [CiliumIdentity]}")),
        .passes(
            "objects of Cilium that people write",
            application(
                """
                    resources:
                      - {kind: CiliumLoadBalancerIPPool, name: central, status: Synced}
                """)),
    ]

    private static func application(_ status: String, prune: Bool = true) -> String {
        """
        -- cluster/application.yaml --
        apiVersion: argoproj.io/v1alpha1
        kind: Application
        metadata: {name: central, namespace: argocd}
        spec: {syncPolicy: {automated: {prune: \(prune)}}}
        status:
        \(status)
        """
    }

    /// Argo CD that nobody told how to track.
    private static func untouched(_ release: String, mark: String = "") -> String {
        settings("annotation")
            .replacing("  application.resourceTrackingMethod: annotation\n", with: "")
            .replacing("apiVersion: v1", with: "apiVersion: v1\(mark)")
                + """

                ---
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: argocd-server, namespace: argocd}
                spec:
                  template:
                    spec:
                      containers: [{name: server, image: "quay.io/argoproj/argocd:\(release)"}]
                """
    }

    private static func settings(_ method: String, exclusions: String = "[]") -> String {
        """
        -- argocd.yaml --
        apiVersion: argoproj.io/v1alpha1
        kind: Application
        metadata: {name: central, namespace: argocd}
        spec: {syncPolicy: {automated: {prune: true}}}
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: argocd-cm, namespace: argocd}
        data:
          resource.exclusions: "\(exclusions)"
          application.resourceTrackingMethod: \(method)
        ---
        apiVersion: cilium.io/v2
        kind: CiliumLoadBalancerIPPool
        metadata: {name: central}
        spec: {blocks: [{cidr: 192.0.2.0/28}]}
        """
    }
}
