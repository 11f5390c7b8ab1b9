package import Hashrings
package import KubernetesModel
package import MarkedYAML
import ReceiveFlags

extension ReceiverGroup {
    /// The tenant as which a remote write reaches it, and what states it; nil when a certificate
    /// or a label decides, or the headers could not be read.
    package func tenant(of target: RemoteWriteTarget) -> Marked<String>? {
        guard flags.tenantCertificateField == nil, flags.splitTenantLabel == nil,
            target.knowsHeaders
        else { return nil }
        // Thanos falls back to its own header, then to the default (pkg/tenancy/tenancy.go).
        let header = target.header(flags.tenantHeader) ?? target.header("THANOS-TENANT")
        if let header, !header.value.isEmpty { return header }
        return Marked(flags.defaultTenantID, at: target.url.range)
    }
}

extension HashringConfiguration {
    /// Whether a ring takes the tenant; a pattern that cannot be read is another fault.
    ///
    /// - Parameter version: the release that decides. Before v0.35 a pattern is a name.
    package func accepts(tenant: String, by version: Version?) -> Bool {
        if let version, version < Version(0, 35) {
            return rings.contains { ring in
                ring.tenants.isEmpty || ring.tenants.contains { $0.value == tenant }
            }
        }
        do {
            return try ring(forTenant: tenant) != nil
        } catch {
            return true
        }
    }

    /// The ring that takes every tenant, with those behind it, which never see one.
    package var shadowing: (ring: HashringSpec, hidden: [HashringSpec])? {
        guard let first = rings.firstIndex(where: \.tenants.isEmpty) else { return nil }
        return (rings[first], Array(rings[(first + 1)...]))
    }
}

extension HashringSpec {
    /// Where to point when the ring as a whole is meant.
    package var nameRange: SourceRange { name?.range ?? range }
}
