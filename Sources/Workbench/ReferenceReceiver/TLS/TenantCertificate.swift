import HTTPServing

/// Takes the tenant from the client's certificate (`--receive.tenant-certificate-field`).
///
/// It goes before every header, and without one the request fails: tenancy is hard.
struct TenantCertificate: Sendable {
    /// Why there is no tenant.
    enum Refusal: Error, Hashable {
        /// To be answered with 400 and this text.
        case text(String)
        /// Thanos' handler breaks off, for a plain connection has no certificate to look into.
        case breaksOff
    }

    /// `organization`, `organizationalUnit` or `commonName`; others are refused when it is used.
    let field: String

    /// The tenant, not yet checked (`getTenantFromCertificate` in pkg/tenancy).
    func tenant(of client: ClientIdentity) throws(Refusal) -> String {
        let subject: CertificateSubject
        switch client {
        case .unencrypted: throw .breaksOff
        case .anonymous:
            throw .text("could not get required certificate field from client cert")
        case .certified(let known): subject = known
        }
        switch field {
        case "organization": return try present(subject.organization)
        case "organizationalUnit": return try present(subject.organizationalUnit)
        case "commonName":
            return try present(subject.commonName.flatMap { $0.isEmpty ? nil : $0 })
        default: throw .text("tls client cert field requested is not supported")
        }
    }

    private func present(_ value: String?) throws(Refusal) -> String {
        guard let value else { throw .text("could not get \(field) field from client cert") }
        return value
    }
}
