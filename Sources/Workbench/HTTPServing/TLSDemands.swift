import NIOSSL

/// What a server asks of clients that speak TLS to it.
package struct TLSDemands: Sendable {
    /// The versions of TLS, by the numbers that people use.
    package enum Version: String, Sendable, CaseIterable {
        case v1_0 = "1.0"
        case v1_1 = "1.1"
        case v1_2 = "1.2"
        case v1_3 = "1.3"
    }

    /// Older versions are refused.
    package var minimumVersion: Version
    /// With authorities (PEM), a client has to show a certificate that leads to one of them.
    package var clientAuthorityPEM: String?

    package init(minimumVersion: Version = .v1_3, clientAuthorityPEM: String? = nil) {
        self.minimumVersion = minimumVersion
        self.clientAuthorityPEM = clientAuthorityPEM
    }

    /// Whether a text holds certificates and nothing that looks like a broken one.
    package static func isAuthority(_ pem: String) -> Bool {
        (try? NIOSSLCertificate.all(in: pem)) != nil
    }
}

extension TLSDemands.Version {
    var nio: TLSVersion {
        switch self {
        case .v1_0: .tlsv1
        case .v1_1: .tlsv11
        case .v1_2: .tlsv12
        case .v1_3: .tlsv13
        }
    }
}
