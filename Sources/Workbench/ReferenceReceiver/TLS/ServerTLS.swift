import HTTPServing

/// TLS of one port: what the server shows, and what it asks of its clients.
struct ServerTLS: Sendable {
    var identity: TLSIdentity
    var demands = TLSDemands()
}

extension LocalFiles {
    /// A bundle of every authority of a distribution has some 250 KiB.
    private static let pemLimit = 4 << 20

    func readPEM(_ path: String) throws(Failure) -> String {
        String(decoding: try read(path, limit: Self.pemLimit), as: UTF8.self)
    }
}

extension TLSFault {
    /// What Go's `tls.X509KeyPair` says.
    var goText: String {
        switch self {
        case .noCertificate: "tls: failed to find any PEM data in certificate input"
        case .badCertificate: "x509: malformed certificate"
        case .noKey: "tls: failed to find any PEM data in key input"
        case .badKey: "tls: failed to parse private key"
        case .mismatch: "tls: private key does not match public key"
        }
    }
}
