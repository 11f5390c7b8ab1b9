import GRPCNIOTransportHTTP2
package import HTTPServing

/// Whether a server speaks TLS, and whom it lets in.
package enum ServerSecurity: Sendable {
    case plaintext
    /// With an authority (PEM), clients have to show a certificate that it has signed.
    case tls(TLSIdentity, clientAuthorityPEM: String? = nil)
}

extension ServerSecurity {
    var transport: HTTP2ServerTransport.Posix.TransportSecurity {
        switch self {
        case .plaintext: .plaintext
        case .tls(let identity, let clientAuthorityPEM):
            .tls(
                certificateChain: [
                    .bytes(Array(identity.certificateChainPEM.utf8), format: .pem)
                ],
                privateKey: .bytes(Array(identity.privateKeyPEM.utf8), format: .pem)
            ) { config in
                guard let clientAuthorityPEM else { return }
                config.clientCertificateVerification = .noHostnameVerification
                config.trustRoots = .certificates([
                    .bytes(Array(clientAuthorityPEM.utf8), format: .pem)
                ])
            }
        }
    }
}
