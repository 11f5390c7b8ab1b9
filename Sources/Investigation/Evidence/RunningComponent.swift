import KubernetesModel
package import PipelineModel

/// Another part of Thanos with what its pods wrote.
package struct RunningComponent: Sendable {
    package let component: ThanosComponent
    package let logs: [ContainerLog]
}

/// Another part of Thanos with what its pods' `/metrics` said.
package struct MeasuredComponent: Sendable {
    package let component: ThanosComponent
    package let pods: [ScrapedPod]
}

extension EvidenceKey where Value == ByOwner<RunningComponent> {
    /// Query, Store Gateway, Compactor and the rest with the tails of their logs.
    package static var componentLogs: EvidenceKey<ByOwner<RunningComponent>> {
        EvidenceKey(
            "component-logs",
            resources: EvidenceKey<[ThanosComponent]>.components.resources + [.pods],
            sources: [.componentLogs]
        ) { _, view in
            guard view.isCluster else {
                return .missing(.notConfigured("cluster", needs: "a cluster's logs"))
            }
            for kind in ["Pod", "StatefulSet"] {
                if let missing = view.missingKinds[kind] { return .missing(missing) }
            }
            guard !view.pipeline.components.isEmpty else {
                return .missing(.notApplicable("no other component of Thanos here"))
            }
            let running = view.pipeline.components.map { component in
                RunningComponent(
                    component: component, logs: component.pods.flatMap(view.podLogs.of))
            }
            return .known(ByOwner(running), gaps: view.missingComponentLogs)
        }
    }
}

extension EvidenceKey where Value == ByOwner<MeasuredComponent> {
    /// These families of the `/metrics` of Query, Store Gateway, Compactor and the rest.
    package static func componentMetrics(
        _ families: String...
    ) -> EvidenceKey<ByOwner<MeasuredComponent>> {
        EvidenceKey(
            "component-metrics",
            resources: EvidenceKey<[ThanosComponent]>.components.resources + [.pods],
            sources: [.metrics], families: Set(families)
        ) { _, view in
            view.scraped(
                view.pipeline.components, absent: "no other component of Thanos here", pods: \.pods
            ) { MeasuredComponent(component: $0, pods: $1) }
        }
    }
}
