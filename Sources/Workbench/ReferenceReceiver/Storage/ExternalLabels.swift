import Hashrings
import LabelMatching
import MarkedYAML
import ReceiveFlags
import TimeSeries

/// The labels that tell one receiver's copy of a tenant's series from another's.
///
/// Those of the first ring that lists the tenant, then `--label`, then the tenant itself
/// (`tenantExternalLabels` in pkg/receive/multitsdb.go).
struct ExternalLabels: Sendable {
    private let own: [String: String]
    private let tenantLabel: String

    init(_ flags: ParsedReceiveFlags) {
        own = Dictionary(flags.labels.map { ($0.name, $0.value) }) { _, last in last }
        tenantLabel = flags.tenantLabelName
    }

    func labels(ofTenant tenant: String, ring: ServedRing?) -> [String: String] {
        var labels: [String: String] = [:]
        if case .rings(let rings) = ring {
            let listing = rings.rings.first { ring in
                ring.spec.tenants.contains { $0.value == tenant }
            }
            labels = listing?.spec.externalLabels ?? [:]
        }
        labels.merge(own) { _, own in own }
        labels[tenantLabel] = tenant
        return labels
    }
}

extension LabelSet {
    /// The labels with others put in, which win over labels of the same name.
    func extended(by external: [String: String], without removed: Set<String> = []) -> LabelSet {
        var labels = texts.filter { external[$0.name] == nil && !removed.contains($0.name) }
        labels += external.filter { !removed.contains($0.key) }
            .map { SeriesLabel($0.key, $0.value) }
        return LabelSet(labels)
    }
}

extension Array<LabelMatcher> {
    /// What is left to ask of a tenant's series; nil when its external labels rule all of them out.
    func remaining(besides external: [String: String]) -> [LabelMatcher]? {
        var remaining: [LabelMatcher] = []
        for matcher in self {
            guard let value = external[matcher.name] else {
                remaining.append(matcher)
                continue
            }
            guard matcher.matches(value.utf8) else { return nil }
        }
        return remaining
    }
}
