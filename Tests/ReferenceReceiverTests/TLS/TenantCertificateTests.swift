import HTTPServing
import Testing

@testable import ReferenceReceiver

@Suite("The tenant of a certificate")
struct TenantCertificateTests {
    private static let full = CertificateSubject(
        organization: "o", organizationalUnit: "u", commonName: "c")

    @Test(
        "is the field that the flag names",
        arguments: [("organization", "o"), ("organizationalUnit", "u"), ("commonName", "c")])
    func fields(field: String, tenant: String) throws {
        let certificate = TenantCertificate(field: field)
        #expect(try certificate.tenant(of: .certified(Self.full)) == tenant)
        #expect(
            throws: TenantCertificate.Refusal.text(
                "could not get \(field) field from client cert")
        ) {
            try certificate.tenant(of: .certified(CertificateSubject()))
        }
    }

    @Test("is refused as Thanos refuses it")
    func refusals() {
        for (field, client, refusal) in [
            (
                "organization", ClientIdentity.anonymous,
                TenantCertificate.Refusal.text(
                    "could not get required certificate field from client cert")
            ),
            (
                "commonName", .certified(CertificateSubject(commonName: "")),
                .text("could not get commonName field from client cert")
            ),
            (
                "email", .certified(Self.full),
                .text("tls client cert field requested is not supported")
            ),
            ("organization", .unencrypted, .breaksOff),
        ] {
            #expect(throws: refusal) {
                try TenantCertificate(field: field).tenant(of: client)
            }
        }
    }
}
