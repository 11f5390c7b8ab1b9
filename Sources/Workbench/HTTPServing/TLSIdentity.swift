import NIOCore
import NIOSSL

/// The certificate chain and key that a server shows, as PEM text.
package struct TLSIdentity: Sendable {
    /// The server's own certificate first.
    package var certificateChainPEM: String
    package var privateKeyPEM: String

    package init(certificateChainPEM: String, privateKeyPEM: String) {
        self.certificateChainPEM = certificateChainPEM
        self.privateKeyPEM = privateKeyPEM
    }

    /// Finds out what is wrong with the two before a server starts with them.
    package func check() throws(TLSFault) {
        _ = try context(demanding: TLSDemands())
    }
}

/// Why certificates or keys are not usable.
package enum TLSFault: Error, Hashable {
    /// There is no certificate in the text.
    case noCertificate
    case badCertificate
    /// There is no key in the text.
    case noKey
    case badKey
    /// The key belongs to another certificate.
    case mismatch
}

extension TLSIdentity {
    func context(demanding demands: TLSDemands) throws(TLSFault) -> NIOSSLContext {
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: try NIOSSLCertificate.all(in: certificateChainPEM)
                .map { .certificate($0) },
            privateKey: .privateKey(try privateKey()))
        configuration.minimumTLSVersion = demands.minimumVersion.nio
        if let authorities = demands.clientAuthorityPEM {
            configuration.trustRoots = .certificates(try NIOSSLCertificate.all(in: authorities))
            // A client has no host name to compare with.
            configuration.certificateVerification = .noHostnameVerification
            configuration.sendCANameList = true
        }
        // HTTP/1.1 is all that is offered, so that clients with ALPN do not expect HTTP/2.
        configuration.applicationProtocols = ["http/1.1"]
        // A client that is gone does not answer the goodbye (NIOSSL waits 5 s for it).
        configuration.shutdownTimeout = .milliseconds(200)
        do {
            return try NIOSSLContext(configuration: configuration)
        } catch {
            throw .mismatch
        }
    }

    private func privateKey() throws(TLSFault) -> NIOSSLPrivateKey {
        guard privateKeyPEM.contains("-----BEGIN ") else { throw .noKey }
        do {
            return try NIOSSLPrivateKey(bytes: Array(privateKeyPEM.utf8), format: .pem)
        } catch {
            throw .badKey
        }
    }
}

extension NIOSSLCertificate {
    /// The certificates of a PEM text, which must hold one at least.
    static func all(in pem: String) throws(TLSFault) -> [NIOSSLCertificate] {
        guard pem.contains("-----BEGIN CERTIFICATE-----") else { throw .noCertificate }
        do {
            return try fromPEMBytes(Array(pem.utf8))
        } catch {
            throw .badCertificate
        }
    }
}
