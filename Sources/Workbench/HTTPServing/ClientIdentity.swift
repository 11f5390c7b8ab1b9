import NIOCore
import NIOSSL
import SwiftASN1
import X509

/// Who the client of a request has proved to be.
package enum ClientIdentity: Sendable, Hashable {
    /// The connection is not encrypted, so nobody could prove anything.
    case unencrypted
    /// Encrypted, without a certificate of the client.
    case anonymous
    /// The subject of the client's certificate, which was verified.
    case certified(CertificateSubject)
}

/// The parts of a certificate's subject that name an owner, as Go's `pkix.Name` reads them.
package struct CertificateSubject: Sendable, Hashable {
    /// The first one, if there is any.
    package var organization: String?
    /// The first one, if there is any.
    package var organizationalUnit: String?
    /// The last one, if there is any.
    package var commonName: String?

    package init(
        organization: String? = nil, organizationalUnit: String? = nil, commonName: String? = nil
    ) {
        self.organization = organization
        self.organizationalUnit = organizationalUnit
        self.commonName = commonName
    }
}

extension ClientIdentity {
    /// Of a connection with TLS whose handshake is over.
    static func behind(_ channel: any Channel) async -> ClientIdentity {
        let certificate = try? await channel.nioSSL_peerCertificate().get()
        return certificate.map { .certified(CertificateSubject($0)) } ?? .anonymous
    }
}

extension CertificateSubject {
    /// Nothing is known of a certificate that cannot be read, though it was verified.
    init(_ certificate: NIOSSLCertificate) {
        self.init()
        guard let bytes = try? certificate.toDERBytes(),
            let subject = try? Certificate(derEncoded: bytes).subject
        else { return }
        for attribute in subject.flatMap({ $0 }) {
            guard let value = String(attribute.value) else { continue }
            switch attribute.type {
            case .RDNAttributeType.organizationName: organization = organization ?? value
            case .RDNAttributeType.organizationalUnitName:
                organizationalUnit = organizationalUnit ?? value
            case .RDNAttributeType.commonName: commonName = value
            default: break
            }
        }
    }
}
