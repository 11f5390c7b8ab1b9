import CCurl
import Glibc

/// A failed transfer as libcurl and OpenSSL describe it, and the kind of failure that it is.
struct CurlSymptom {
    var code: CURLcode
    var osError: Int32
    /// OpenSSL's `X509_V_ERR_…`.
    var verifyResult: Int
    /// libcurl's own sentence.
    var text: String
    var phase: TransportFailure.Phase
    var timing: HTTPTiming
    var hasOversizedHeaders = false

    func failure(of request: HTTPRequest) -> TransportFailure {
        let kind = kind(of: request)
        return TransportFailure(
            kind, FailureSentence(kind: kind, symptom: self, request: request).text, phase: phase,
            timing: timing)
    }

    private func kind(of request: HTTPRequest) -> TransportFailure.Kind {
        switch code {
        case CURLE_URL_MALFORMAT: .invalidRequest
        case CURLE_COULDNT_RESOLVE_HOST: .nameNotResolved
        case CURLE_COULDNT_RESOLVE_PROXY, CURLE_PROXY: .proxyFailed
        case CURLE_COULDNT_CONNECT: connectKind
        case CURLE_OPERATION_TIMEDOUT: timeoutKind
        case CURLE_PEER_FAILED_VERIFICATION: verificationKind
        case CURLE_SSL_CONNECT_ERROR: handshakeKind
        case CURLE_SSL_CERTPROBLEM, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ENGINE_NOTFOUND:
            .tlsCredentialsUnusable
        case CURLE_UNSUPPORTED_PROTOCOL, CURLE_WEIRD_SERVER_REPLY: .notHTTP
        case CURLE_GOT_NOTHING: .emptyReply
        case CURLE_PARTIAL_FILE: .truncatedBody
        case CURLE_TOO_MANY_REDIRECTS: .tooManyRedirects
        case CURLE_WRITE_ERROR where hasOversizedHeaders: .tooLarge
        // What libcurl 7.88 makes of a single header line over 100 KiB.
        case CURLE_OUT_OF_MEMORY where phase == .firstByte: .tooLarge
        case CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_HTTP2, CURLE_HTTP2_STREAM: streamKind
        default: .other(code: Int(code.rawValue))
        }
    }

    private var connectKind: TransportFailure.Kind {
        switch osError {
        case ECONNREFUSED: .refused
        case ECONNRESET: .reset
        case EHOSTUNREACH: .noRoute
        case ENETUNREACH: .networkUnreachable
        case ETIMEDOUT: .connectTimedOut
        case EACCES, EPERM: .notPermitted
        default: .other(code: Int(code.rawValue))
        }
    }

    private var timeoutKind: TransportFailure.Kind {
        switch phase {
        case .start, .nameLookup: .connectTimedOut
        case .connect, .tlsHandshake, .firstByte: .timedOut(after: phase)
        }
    }

    /// OpenSSL's x509_vfy.h: 9 not yet valid, 10 expired; 0 means the chain is good and the name
    /// is what failed.
    private var verificationKind: TransportFailure.Kind {
        switch verifyResult {
        case 9: .tlsNotYetValid
        case 10: .tlsExpired
        case 2, 18, 19, 20, 21: .tlsUnknownAuthority
        case 62, 64: .tlsNameMismatch
        default: text.contains("target host name") ? .tlsNameMismatch : .tlsUnknownAuthority
        }
    }

    private var handshakeKind: TransportFailure.Kind {
        if let alert = alertKind { return alert }
        let plain = [
            "wrong version number", "packet length too long", "http request",
            "record layer failure", "unexpected message", "bad record type",
        ]
        if plain.contains(where: text.contains) { return .tlsNotSpoken }
        switch osError {
        case ECONNRESET: return .reset
        default:
            if text.contains("Connection reset") { return .reset }
            return text.contains("SSL_ERROR_SYSCALL") || text.contains("unexpected eof")
                ? .tlsNotSpoken : .tlsOther
        }
    }

    /// Alerts of the server about the certificate that we showed, or did not (RFC 8446, 6.2).
    private var alertKind: TransportFailure.Kind? {
        guard text.contains("alert") else { return nil }
        if text.contains("certificate required") { return .tlsClientCertificateRequired }
        if text.contains("certificate expired") { return .tlsClientCertificateExpired }
        // Before TLS 1.3 there is no alert for a missing certificate: servers say this instead.
        if text.contains("handshake failure") { return .tlsOther }
        let refusals = [
            "bad certificate", "unknown ca", "certificate unknown",
            "certificate revoked", "unsupported certificate",
        ]
        return refusals.contains(where: text.contains) ? .tlsClientCertificateRejected : .tlsOther
    }

    private var streamKind: TransportFailure.Kind {
        // In TLS 1.3 the server judges our certificate after the handshake.
        if let alert = alertKind { return alert }
        if text.contains("CONNECT tunnel failed") || text.contains("from proxy") {
            return .proxyFailed
        }
        if osError == ECONNRESET || text.contains("reset") || osError == EPIPE { return .reset }
        if text.contains("unexpected eof") { return .truncatedBody }
        // One stream that the server gave up, against framing that makes no sense.
        if code == CURLE_HTTP2_STREAM { return .reset }
        if code == CURLE_HTTP2 { return .notHTTP }
        return .other(code: Int(code.rawValue))
    }
}
