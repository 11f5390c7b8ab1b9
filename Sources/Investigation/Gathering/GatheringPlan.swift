package import Evidence
package import KubernetesModel

/// What has to be fetched for a selection of checks: the union of their needs and no more.
package struct GatheringPlan: Sendable {
    package let resources: Set<ResourceType>
    package let sources: Set<EvidenceSource>
    /// Families of metrics to keep.
    package let families: Set<String>
    /// Those of them whose growth is wanted.
    package let rateFamilies: Set<String>

    package init(_ needs: [EvidenceNeed]) {
        resources = Set(needs.flatMap(\.resources))
        sources = Set(needs.flatMap(\.sources))
        families = Set(needs.flatMap(\.families))
        rateFamilies = Set(needs.filter { $0.sources.contains(.rates) }.flatMap(\.families))
    }
}
