import Evidence
import KubernetesModel
import PipelineModel

/// A cluster that was asked for and not even spoken to.
package struct UnseenCluster: Sendable {
    package let name: String
    package let reason: String

    package init(name: String, reason: String) {
        self.name = name
        self.reason = reason
    }

    /// Nothing of it is known, so that every check of it is unknown and none is skipped.
    package var gathered: Gathered {
        let missing = MissingEvidence(.unreachable, source: "cluster", reason)
        let nothing = Objects([])
        let kinds = ResourceType.all.map(\.kind) + ["discovery"]
        var view = ClusterView(
            name: name, source: .cluster, objects: nothing, pipeline: Pipeline(nothing),
            missingKinds: Dictionary(uniqueKeysWithValues: kinds.map { ($0, missing) }),
            missingLogs: [missing], missingProbes: [missing])
        view.missingAgentLogs = [missing]
        view.missingComponentLogs = [missing]
        view.metrics = Observed(missing: [missing])
        return Gathered(views: [view], gaps: [Gap(source: "cluster", reason: reason)])
    }
}
