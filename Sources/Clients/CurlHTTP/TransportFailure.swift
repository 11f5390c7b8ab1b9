/// Why no answer came back: one closed kind, one line for people, and how far it got.
package struct TransportFailure: Error, Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        case invalidRequest
        case nameNotResolved
        case refused
        case reset
        case noRoute
        case networkUnreachable
        /// This machine's own rules forbid the connection (EACCES, EPERM).
        case notPermitted
        case connectTimedOut
        case timedOut(after: Phase)
        case tlsUnknownAuthority
        case tlsExpired
        case tlsNotYetValid
        case tlsNameMismatch
        /// The port speaks something, but not TLS.
        case tlsNotSpoken
        case tlsClientCertificateRequired
        /// The server refused the client certificate that was shown.
        case tlsClientCertificateRejected
        case tlsClientCertificateExpired
        /// Our own certificate or key, or the bundle of authorities, cannot be used.
        case tlsCredentialsUnusable
        case tlsOther
        /// The port answers, but not in HTTP: a TLS port, gRPC or some other protocol.
        case notHTTP
        case emptyReply
        case truncatedBody
        /// Header fields past any reasonable size.
        case tooLarge
        case tooManyRedirects
        case proxyFailed
        case cancelled
        /// A code of libcurl without a kind of its own.
        case other(code: Int)
    }

    /// The last phase that was completed.
    package enum Phase: String, Sendable, Hashable {
        case start
        case nameLookup = "name lookup"
        case connect
        case tlsHandshake = "TLS handshake"
        case firstByte = "first byte"
    }

    package var kind: Kind
    /// Lower case, no full stop.
    package var message: String
    package var phase: Phase
    package var timing: HTTPTiming
    package var remoteAddress: String?

    package init(
        _ kind: Kind, _ message: String, phase: Phase = .start,
        timing: HTTPTiming = HTTPTiming(), remoteAddress: String? = nil
    ) {
        self.kind = kind
        self.message = message
        self.phase = phase
        self.timing = timing
        self.remoteAddress = remoteAddress
    }
}

extension TransportFailure: CustomStringConvertible {
    package var description: String { message }
}
