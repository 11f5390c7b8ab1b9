/// What a server answered; every status is a response, none is an error.
package struct HTTPResponse: Sendable {
    package var status: Int
    package var headers: HTTPHeaders
    package var body: [UInt8]
    /// The body was longer than the request's bound and was cut there.
    package var isTruncated: Bool
    package var timing: HTTPTiming
    /// The address that was connected to, without the port.
    package var remoteAddress: String?
    /// The server's own certificate, when the exchange made a new TLS connection.
    package var certificate: PeerCertificate?

    package init(
        status: Int, headers: HTTPHeaders = [:], body: [UInt8] = [], isTruncated: Bool = false,
        timing: HTTPTiming = HTTPTiming(), remoteAddress: String? = nil,
        certificate: PeerCertificate? = nil
    ) {
        self.status = status
        self.headers = headers
        self.body = body
        self.isTruncated = isTruncated
        self.timing = timing
        self.remoteAddress = remoteAddress
        self.certificate = certificate
    }

    package init(status: Int, headers: HTTPHeaders = [:], text: String) {
        self.init(status: status, headers: headers, body: Array(text.utf8))
    }

    /// The body as text; bytes that are not UTF-8 become replacement characters.
    package var text: String { String(decoding: body, as: UTF8.self) }

    /// The media type in lower case, without parameters.
    package var contentType: String? {
        headers["Content-Type"]?.split(separator: ";").first
            .map { String($0.filter { !$0.isWhitespace }).lowercased() }
    }

    /// A TLS port that was spoken to in plain HTTP and said so.
    ///
    /// Texts of Go's `net/http` server and of nginx.
    package var saysTLSRequired: Bool {
        status == 400
            && (text.contains("Client sent an HTTP request to an HTTPS server")
                || text.contains("plain HTTP request was sent to HTTPS port"))
    }
}

/// When each phase of an exchange ended, counted from its start; zero where it was not reached.
package struct HTTPTiming: Sendable, Hashable {
    package var dns: Duration
    package var connect: Duration
    package var tls: Duration
    package var firstByte: Duration
    package var total: Duration

    package init(
        dns: Duration = .zero, connect: Duration = .zero, tls: Duration = .zero,
        firstByte: Duration = .zero, total: Duration = .zero
    ) {
        self.dns = dns
        self.connect = connect
        self.tls = tls
        self.firstByte = firstByte
        self.total = total
    }
}

/// What a server's certificate says about itself.
package struct PeerCertificate: Sendable, Hashable {
    package var subject: String
    package var issuer: String
    /// As OpenSSL prints them: `DNS:a.example, IP Address:127.0.0.1`.
    package var alternativeNames: String
    /// Seconds since 1970, UTC.
    package var validity: CertificateValidity?

    package init(
        subject: String, issuer: String, alternativeNames: String, validity: CertificateValidity?
    ) {
        self.subject = subject
        self.issuer = issuer
        self.alternativeNames = alternativeNames
        self.validity = validity
    }
}
