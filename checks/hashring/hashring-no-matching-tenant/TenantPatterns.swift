import Diagnosis
import Evidence
import Hashrings
import KubernetesModel
import MarkedYAML
import PipelineModel

/// What a release makes of patterns of tenants, where that is not what is meant.
enum TenantPatterns {
    /// Before v0.35 `tenant_matcher_type` is unknown, and a pattern is a name.
    case names(Version)
    /// From v0.35 to v0.37 the last pattern that is looked at decides, and the order is one of
    /// chance; nil when the release is not stated.
    case chance(Version?)

    init?(_ ring: HashringSpec, of version: Version?) {
        guard ring.matcher == .glob, let first = ring.tenants.first else { return nil }
        if let version, version < Version(0, 35) {
            guard ring.tenants.contains(where: \.value.isPattern) else { return nil }
            self = .names(version)
        } else if ring.tenants.contains(where: { $0.value != first.value }),
            (version ?? Version(0, 37)) < Version(0, 38)
        {
            self = .chance(version)
        } else {
            return nil
        }
    }

    var message: String {
        switch self {
        case .names(let version):
            "\(version) knows no tenant_matcher_type, and takes these patterns for names"
        case .chance(let version?):
            "\(version) lets the last pattern decide that it looks at, in random order: a tenant "
                + "that matches one of them may be in no hashring"
        case .chance(nil):
            "a thanos from v0.35 to v0.37 would look at these patterns in random order, and refuse "
                + "tenants that match; which release the image holds is not stated"
        }
    }

    var remedy: String {
        switch self {
        case .names: "deploy v0.38 or newer, or list the tenants by name"
        case .chance: "deploy v0.38 or newer, or give each pattern a ring with the same endpoints"
        }
    }
}

extension Finding {
    /// Patterns of a ring that its readers do not match as they are meant.
    ///
    /// - Parameter refused: what the readers have refused.
    init?(
        patternsOf ring: HashringSpec, in file: RingFile, refused: [RefusedTenant],
        _ view: ClusterView
    ) {
        let judged = file.readers.compactMap { reader in
            TenantPatterns(ring, of: reader.version).map { (reader, $0) }
        }
        guard let (reader, patterns) = judged.first(where: { $0.0.version != nil }) ?? judged.first
        else { return nil }
        let isKnown = reader.version != nil
        let matching = refused.filter { tenant in
            (try? ring.takes(tenant: tenant.tenant)) ?? false
        }
        self.init(
            patterns.message, object: reader.reference,
            at: file.place(of: ring.tenants.first?.range ?? ring.nameRange),
            label: counted(ring.tenants.count, "pattern"), severity: isKnown ? .warning : .info,
            confidence: isKnown ? .likely : .possible,
            evidence: [
                EvidenceItem(
                    view.objectSource,
                    "the image is \(reader.container.image?.text ?? "not stated"), and the ring "
                        + "takes \(listed(ring.tenants.map(\.value)))",
                    command: file.showing(in: view))
            ] + matching.map(\.evidence),
            repair: Repair(text: patterns.remedy), about: file.participants)
    }
}

extension String {
    fileprivate var isPattern: Bool { contains { "*?[\\".contains($0) } }
}
