import CurlHTTP

extension ProbeFault {
    /// The hop at which an exchange failed, and how.
    static func hop(
        of failure: TransportFailure, isTLS: Bool
    ) -> (ProbeHop.Kind, ProbeHop.Outcome) {
        let message = failure.message
        let hasTLS = failure.phase == .tlsHandshake || failure.phase == .firstByte
        let place: ProbeHop.Kind = isTLS && !hasTLS ? .tls : .http
        switch failure.kind {
        case .tlsUnknownAuthority, .tlsExpired, .tlsNotYetValid, .tlsNameMismatch, .tlsNotSpoken,
            .tlsClientCertificateRequired, .tlsClientCertificateRejected,
            .tlsClientCertificateExpired, .tlsCredentialsUnusable, .tlsOther:
            return (.tls, .failed(.tls(failure.kind), message))
        case .networkUnreachable, .notPermitted:
            return (.tcp, .notReachableFromHere(message))
        case .connectTimedOut, .timedOut: return (place, .failed(.timedOut, message))
        case .refused: return (place, .failed(.refused, message))
        case .reset: return (place, .failed(.reset, message))
        case .noRoute: return (place, .failed(.noRoute, message))
        case .nameNotResolved: return (place, .failed(.nameUnknown, message))
        case .notHTTP: return (place, .failed(.notHTTP, message))
        case .emptyReply: return (place, .failed(.emptyReply, message))
        case .truncatedBody, .tooLarge, .tooManyRedirects:
            return (place, .failed(.brokenReply, message))
        case .invalidRequest, .proxyFailed, .cancelled, .other:
            return (place, .failed(.other, message))
        }
    }
}
