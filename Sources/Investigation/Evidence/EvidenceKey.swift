package import KubernetesModel

/// What reading a key gave: the value, perhaps with parts missing, or nothing and why.
package enum Reading<Value: Sendable>: Sendable {
    case known(Value, gaps: [MissingEvidence] = [])
    case missing(MissingEvidence)
}

/// A piece of evidence that a check may ask for, and the only way to get at it.
///
/// The union of the keys of the selected checks is the plan of what to gather: nothing is
/// fetched that nobody asked for.
package struct EvidenceKey<Value: Sendable>: Sendable {
    package let name: String
    /// What has to be listed in a cluster to fill it.
    package let resources: [ResourceType]
    /// Sources besides the objects.
    package let sources: Set<EvidenceSource>
    /// Names of metrics that are wanted; others are not kept.
    package let families: Set<String>
    package let read: @Sendable (Snapshot, ClusterView) -> Reading<Value>

    package init(
        _ name: String, resources: [ResourceType] = [], sources: Set<EvidenceSource> = [],
        families: Set<String> = [],
        read: @escaping @Sendable (Snapshot, ClusterView) -> Reading<Value>
    ) {
        self.name = name
        self.resources = resources
        self.sources = sources
        self.families = families
        self.read = read
    }

    /// Asks only where there is such a source: nil in a run without it, while a source that
    /// refused still leaves the check without an answer.
    package static func ifConfigured<Wrapped: Sendable>(
        _ key: EvidenceKey<Wrapped>
    ) -> EvidenceKey<Wrapped?> where Value == Wrapped? {
        EvidenceKey<Wrapped?>(
            "\(key.name)?", resources: key.resources, sources: key.sources,
            families: key.families
        ) { snapshot, view in
            switch key.read(snapshot, view) {
            case .known(let value, gaps: let gaps): .known(value, gaps: gaps)
            case .missing(let missing):
                missing.isIgnorance ? .missing(missing) : .known(nil)
            }
        }
    }

    /// Makes a need a wish: nil when the evidence is missing, whatever the reason.
    package static func optional<Wrapped: Sendable>(
        _ key: EvidenceKey<Wrapped>
    ) -> EvidenceKey<Wrapped?> where Value == Wrapped? {
        EvidenceKey<Wrapped?>(
            "\(key.name)?", resources: key.resources, sources: key.sources,
            families: key.families
        ) { snapshot, view in
            switch key.read(snapshot, view) {
            case .known(let value, gaps: _): .known(value)
            case .missing: .known(nil)
            }
        }
    }
}

/// A source of evidence other than the list of objects.
package enum EvidenceSource: String, Sendable, Hashable, Comparable, CaseIterable {
    /// `logs` are the receivers', `componentLogs` those of the rest of Thanos.
    case logs, agentLogs, componentLogs
    case probes, discovery, query, bucket, metrics
    /// The configuration of object storage, from Secrets.
    case objectStore
    /// A second look at the metrics, some seconds after the first.
    case rates
    /// What time it is for the API server.
    case clock

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// A key without its type, for plans and documentation.
package struct EvidenceNeed: Sendable, Hashable {
    package let name: String
    package let resources: [ResourceType]
    package let sources: Set<EvidenceSource>
    package let families: Set<String>

    package init<Value>(_ key: EvidenceKey<Value>) {
        name = key.name
        resources = key.resources
        sources = key.sources
        families = key.families
    }
}
