import CCurl

/// One line for people about a failed transfer: what, about what.
struct FailureSentence {
    private let kind: TransportFailure.Kind
    private let place: String
    private let host: String
    private let verifiedName: String
    private let time: String
    private let detail: String
    private let tlsHint: String

    init(kind: TransportFailure.Kind, symptom: CurlSymptom, request: HTTPRequest) {
        let parts = URLParts(request.url)
        self.kind = kind
        place = parts.map { "\($0.bracketedHost):\($0.port)" } ?? "the server"
        host = parts?.host ?? request.url
        verifiedName = request.tls.serverName ?? host
        time = symptom.timing.total.inWords
        // libcurl's words, or its name for the code when it has none.
        detail =
            symptom.text.isEmpty ? String(cString: curl_easy_strerror(symptom.code)) : symptom.text
        tlsHint = parts?.scheme == "http" ? "; perhaps the port speaks TLS" : ""
    }

    var text: String {
        switch kind {
        case .invalidRequest: "the URL cannot be used: \(detail)"
        case .nameNotResolved: "the name \(host) was not found by DNS"
        case .refused: "\(place) refused the connection: nothing listens there"
        case .reset: "\(place) reset the connection"
        case .noRoute: "no route to \(place)"
        case .networkUnreachable: "the network of \(place) is not reachable from this machine"
        case .notPermitted: "this machine is not permitted to connect to \(place)"
        case .connectTimedOut: "\(place) did not accept a connection within \(time)"
        case .timedOut(let phase):
            "\(place) did not finish within \(time), the last step done was: \(phase.rawValue)"
        case .notHTTP: "\(place) answers, but not in HTTP\(tlsHint)"
        case .emptyReply: "\(place) closed the connection without an answer\(tlsHint)"
        case .truncatedBody: "\(place) ended the answer early"
        case .tooLarge: "\(place) sent header fields without end"
        case .tooManyRedirects: "\(place) redirects in circles"
        case .proxyFailed: "the proxy on the way to \(place) failed: \(detail)"
        case .cancelled: "the request was cancelled"
        case .other: "the request to \(place) failed: \(detail)"
        case .tlsUnknownAuthority, .tlsExpired, .tlsNotYetValid, .tlsNameMismatch, .tlsNotSpoken,
            .tlsClientCertificateRequired, .tlsClientCertificateRejected,
            .tlsClientCertificateExpired, .tlsCredentialsUnusable, .tlsOther:
            tlsText ?? detail
        }
    }

    /// `nil` for every kind that has nothing to do with TLS.
    private var tlsText: String? {
        switch kind {
        case .tlsUnknownAuthority:
            "the certificate of \(place) is signed by an authority that is not trusted"
        case .tlsExpired: "the certificate of \(place) has expired"
        case .tlsNotYetValid: "the certificate of \(place) is not valid yet"
        case .tlsNameMismatch: "the certificate of \(place) is not for the name \(verifiedName)"
        case .tlsNotSpoken: "\(place) does not speak TLS: use http, or another port"
        case .tlsClientCertificateRequired: "\(place) asks for a client certificate"
        case .tlsClientCertificateRejected: "\(place) does not accept the client certificate"
        case .tlsClientCertificateExpired: "\(place) says the client certificate has expired"
        case .tlsCredentialsUnusable:
            "the client certificate, key or authorities for \(place) cannot be used: \(detail)"
        case .tlsOther: "TLS with \(place) failed: \(detail)"
        case .invalidRequest, .nameNotResolved, .refused, .reset, .noRoute, .networkUnreachable,
            .notPermitted, .connectTimedOut, .timedOut, .notHTTP, .emptyReply, .truncatedBody,
            .tooLarge, .tooManyRedirects, .proxyFailed, .cancelled, .other:
            nil
        }
    }
}
