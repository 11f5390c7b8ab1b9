import Diagnosis

extension Check {
    static let apiKindNotServedExamples: [Example] = [
        .triggers(
            "Argo CD is not in this cluster",
            """
            -- application.yaml --
            apiVersion: argoproj.io/v1alpha1 # <-- finding
            kind: Application
            metadata: {name: receiver, namespace: argocd}
            ---
            apiVersion: v1
            kind: Namespace
            metadata: {name: monitoring}
            \(cluster)
            """),
        .passes(
            "every kind is served",
            """
            -- receiver.yaml --
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: receiver, namespace: monitoring}
            \(cluster)
            """),
        .triggers(
            "the definition that comes with it has another version",
            """
            -- crd.yaml --
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: widgets.example.com}
            spec: {group: example.com, names: {kind: Widget}, versions: [{name: v1, served: true}]}
            ---
            apiVersion: example.com/v1alpha1 # <-- finding
            kind: Widget
            metadata: {name: one}
            \(cluster)
            """),
        .passes(
            "the definition comes with the manifests",
            """
            -- crd.yaml --
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: widgets.example.com}
            spec: {group: example.com, names: {kind: Widget}}
            ---
            apiVersion: example.com/v1
            kind: Widget
            metadata: {name: one}
            \(cluster)
            """),
        .triggers(
            "a version that Kubernetes has dropped, beside a receiver",
            """
            -- receiver.yaml --
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: receiver, namespace: monitoring}
            spec:
              template:
                spec:
                  containers: [{name: receive, image: "thanos:v0.37.2", args: [receive]}]
            ---
            apiVersion: policy/v1beta1 # <-- finding
            kind: PodDisruptionBudget
            metadata: {name: receiver, namespace: monitoring}
            spec: {maxUnavailable: 1}
            """),
        .passes(
            "manifests of something else are not ours to judge",
            """
            -- shop.yaml --
            apiVersion: policy/v1beta1
            kind: PodDisruptionBudget
            metadata: {name: shop, namespace: web}
            """),
        .passes(
            "what kustomize reads never reaches a cluster",
            """
            -- kustomization.yaml --
            apiVersion: kustomize.config.k8s.io/v1beta1
            kind: Kustomization
            metadata: {name: receiver}
            \(cluster)
            """),
    ]

    private static let cluster = """
        -- cluster/namespaces.yaml --
        apiVersion: v1
        kind: Namespace
        metadata: {name: monitoring}
        -- served-kinds.txt --
        v1 Namespace
        apps/v1 StatefulSet
        apiextensions.k8s.io/v1 CustomResourceDefinition
        """
}
