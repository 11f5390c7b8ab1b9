package import KubernetesModel
package import PipelineModel

extension EvidenceKey where Value == [KubernetesObject] {
    /// All objects of a kind, as manifests or an API server have them.
    package static func objects(_ resource: ResourceType) -> EvidenceKey<[KubernetesObject]> {
        EvidenceKey(resource.qualifiedName, resources: [resource]) { _, view in
            if let missing = view.missingKinds[resource.kind] { return .missing(missing) }
            return .known(view.objects.of(kind: resource.kind))
        }
    }
}

extension EvidenceKey where Value == [ThanosComponent] {
    /// Query, Store Gateway, Compactor and the rest of Thanos.
    package static var components: EvidenceKey<[ThanosComponent]> {
        EvidenceKey(
            "thanos-components",
            resources: [.statefulSets, .deployments, .daemonSets, .services, .configMaps]
        ) { _, view in
            view.reading(
                of: view.pipeline.components, kinds: "StatefulSet", optionally: "Deployment",
                absent: "no other component of Thanos here")
        }
    }
}

extension EvidenceKey where Value == [ClusterView] {
    /// Every view of the run, for what only several clusters together show.
    ///
    /// A check is judged once for each view: it says of its own view what is wrong there, and looks
    /// at the others.
    package static var allViews: EvidenceKey<[ClusterView]> {
        EvidenceKey("all-clusters") { snapshot, _ in .known(snapshot.views) }
    }
}
