import CurlHTTP

extension TransportFailure {
    /// The failure as Go's `net/http` puts it.
    ///
    /// - Parameter dialed: `host:port` of the endpoint, for when no address is known.
    func inGoWords(url: String, dialed: String) -> String {
        let port = dialed.lastIndex(of: ":").map { dialed[$0...] } ?? ""
        let place = remoteAddress.map { $0.contains(":") ? "[\($0)]\(port)" : $0 + port } ?? dialed
        switch kind {
        case .nameNotResolved:
            return "dial tcp: lookup \(dialed.dropLast(port.count)): no such host"
        case .refused: return "dial tcp \(place): connect: connection refused"
        case .noRoute: return "dial tcp \(place): connect: no route to host"
        case .networkUnreachable: return "dial tcp \(place): connect: network is unreachable"
        case .notPermitted: return "dial tcp \(place): connect: permission denied"
        case .connectTimedOut: return "dial tcp \(place): i/o timeout"
        case .timedOut(.connect) where url.hasPrefix("https"):
            return "net/http: TLS handshake timeout"
        case .timedOut: return "net/http: timeout awaiting response headers"
        case .reset: return "read tcp \(place): read: connection reset by peer"
        // minio-go puts its own words in the place of Go's `EOF`.
        case .emptyReply, .truncatedBody, .tlsNotSpoken:
            return "Connection closed by foreign host \(url). Retry again."
        case .tlsUnknownAuthority:
            return Self.unverified("certificate signed by unknown authority")
        case .tlsExpired, .tlsNotYetValid:
            return Self.unverified("certificate has expired or is not yet valid")
        case .tlsNameMismatch:
            let host = URLParts(url)?.host ?? dialed
            return Self.unverified("certificate is not valid for \(host)")
        case .cancelled: return "context canceled"
        case .invalidRequest, .tlsClientCertificateRequired, .tlsClientCertificateRejected,
            .tlsClientCertificateExpired, .tlsCredentialsUnusable, .tlsOther, .notHTTP, .tooLarge,
            .tooManyRedirects, .proxyFailed, .other:
            return message
        }
    }

    private static func unverified(_ reason: String) -> String {
        "tls: failed to verify certificate: x509: \(reason)"
    }
}

extension TransportFailure.Kind {
    /// Whether minio-go asks once more (`isRequestErrorRetryable`): not after a cancellation, and
    /// not when the certificate is at fault.
    var isTransient: Bool {
        switch self {
        case .nameNotResolved, .refused, .reset, .noRoute, .networkUnreachable, .connectTimedOut,
            .timedOut, .emptyReply, .truncatedBody, .tlsNotSpoken, .proxyFailed, .other:
            true
        case .invalidRequest, .notPermitted, .tlsUnknownAuthority, .tlsExpired, .tlsNotYetValid,
            .tlsNameMismatch, .tlsClientCertificateRequired, .tlsClientCertificateRejected,
            .tlsClientCertificateExpired, .tlsCredentialsUnusable, .tlsOther, .notHTTP, .tooLarge,
            .tooManyRedirects, .cancelled:
            false
        }
    }
}
