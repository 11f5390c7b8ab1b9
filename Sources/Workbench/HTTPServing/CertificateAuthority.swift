import Crypto
package import FoundationEssentials
import SwiftASN1
import X509

/// A throw-away certificate authority for one lab: makes certificates, good and bad ones.
package struct CertificateAuthority: Sendable {
    /// What clients are told to trust.
    package let certificatePEM: String
    private let name: DistinguishedName
    private let key: Certificate.PrivateKey

    /// Makes an authority that is valid from a day before `now` for ten years.
    package init(commonName: String, now: Date = Date()) throws {
        key = Certificate.PrivateKey(P256.Signing.PrivateKey())
        name = try DistinguishedName { CommonName(commonName) }
        let extensions = try Certificate.Extensions {
            Critical(BasicConstraints.isCertificateAuthority(maxPathLength: nil))
            Critical(KeyUsage(keyCertSign: true, cRLSign: true))
        }
        let certificate = try Certificate(
            version: .v3, serialNumber: .init(), publicKey: key.publicKey,
            notValidBefore: now.addingTimeInterval(-86_400),
            notValidAfter: now.addingTimeInterval(3650 * 86_400),
            issuer: name, subject: name, signatureAlgorithm: .ecdsaWithSHA256,
            extensions: extensions, issuerPrivateKey: key)
        certificatePEM = try certificate.serializeAsPEM().pemString
    }

    /// Issues a server certificate for host names and IP addresses.
    ///
    /// A `validity` in the past makes an expired one, a wrong host one that clients refuse.
    package func identity(
        for hosts: [String], validity: ClosedRange<Date>? = nil
    ) throws -> TLSIdentity {
        let names = hosts.map(Self.generalName)
        return try issue(
            to: try DistinguishedName { CommonName(hosts.first ?? "server") },
            validity: validity,
            extensions: Certificate.Extensions {
                Critical(BasicConstraints.notCertificateAuthority)
                Critical(KeyUsage(digitalSignature: true))
                try ExtendedKeyUsage([.serverAuth])
                SubjectAlternativeNames(names)
            })
    }

    /// Issues a certificate with which a client proves who it is.
    package func clientIdentity(
        for subject: CertificateSubject, validity: ClosedRange<Date>? = nil
    ) throws -> TLSIdentity {
        try issue(
            to: try DistinguishedName {
                if let name = subject.organization { OrganizationName(name) }
                if let name = subject.organizationalUnit { OrganizationalUnitName(name) }
                if let name = subject.commonName { CommonName(name) }
            },
            validity: validity,
            extensions: Certificate.Extensions {
                Critical(BasicConstraints.notCertificateAuthority)
                Critical(KeyUsage(digitalSignature: true))
                try ExtendedKeyUsage([.clientAuth])
            })
    }

    /// Valid from yesterday for a year unless told otherwise.
    private func issue(
        to subject: DistinguishedName, validity: ClosedRange<Date>?,
        extensions: Certificate.Extensions
    ) throws -> TLSIdentity {
        let ownKey = P256.Signing.PrivateKey()
        let now = Date()
        let certificate = try Certificate(
            version: .v3, serialNumber: .init(),
            publicKey: .init(ownKey.publicKey),
            notValidBefore: validity?.lowerBound ?? now.addingTimeInterval(-86_400),
            notValidAfter: validity?.upperBound ?? now.addingTimeInterval(365 * 86_400),
            issuer: name, subject: subject, signatureAlgorithm: .ecdsaWithSHA256,
            extensions: extensions, issuerPrivateKey: key)
        return TLSIdentity(
            certificateChainPEM: try certificate.serializeAsPEM().pemString,
            privateKeyPEM: ownKey.pemRepresentation)
    }

    private static func generalName(_ host: String) -> GeneralName {
        guard let octets = IPOctets.parse(host) else { return .dnsName(host) }
        return .ipAddress(ASN1OctetString(contentBytes: octets[...]))
    }
}

extension ClosedRange<Date> {
    /// A year that ended yesterday, as the validity of a certificate that nobody renewed.
    package static var endedYesterday: ClosedRange<Date> {
        let yesterday = Date().addingTimeInterval(-86_400)
        return yesterday.addingTimeInterval(-365 * 86_400)...yesterday
    }
}

extension TLSIdentity {
    /// A server identity with an authority of its own that nobody else trusts.
    package static func selfSigned(
        hosts: [String], validity: ClosedRange<Date>? = nil
    ) throws -> (identity: TLSIdentity, authorityPEM: String) {
        let authority = try CertificateAuthority(commonName: "lab authority")
        return (try authority.identity(for: hosts, validity: validity), authority.certificatePEM)
    }
}
