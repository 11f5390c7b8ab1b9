/// One HTTP exchange to make, with every bound that keeps it from running away.
package struct HTTPRequest: Sendable {
    package enum Method: String, Sendable, CaseIterable {
        case get = "GET"
        case head = "HEAD"
        case post = "POST"
        case put = "PUT"
        case delete = "DELETE"
    }

    package var method: Method
    /// Absolute, `http` or `https`; everything else is refused before a packet is sent.
    package var url: String
    package var headers: HTTPHeaders
    package var body: [UInt8]
    package var authorization: Authorization
    package var timeouts: Timeouts
    /// Bytes of body kept; the transfer stops there and the response says `isTruncated`.
    package var maxBodyBytes: Int
    package var followsRedirects: Bool
    /// Offers compressed transfer; the bound above counts unpacked bytes.
    package var acceptsCompression: Bool
    package var proxy: ProxyPolicy
    package var tls: TLSOptions
    /// Names answered from here instead of DNS.
    package var resolve: [ResolvedName]
    package var userAgent: String

    package init(
        _ method: Method = .get, _ url: String, headers: HTTPHeaders = [:], body: [UInt8] = [],
        authorization: Authorization = .none, timeouts: Timeouts = Timeouts(),
        maxBodyBytes: Int = 64 << 20, followsRedirects: Bool = false,
        acceptsCompression: Bool = false, proxy: ProxyPolicy = .environment,
        tls: TLSOptions = TLSOptions(), resolve: [ResolvedName] = [],
        userAgent: String = "thanosctl"
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.authorization = authorization
        self.timeouts = timeouts
        self.maxBodyBytes = maxBodyBytes
        self.followsRedirects = followsRedirects
        self.acceptsCompression = acceptsCompression
        self.proxy = proxy
        self.tls = tls
        self.resolve = resolve
        self.userAgent = userAgent
    }
}

/// How long an exchange may take; there is no way to say "for ever".
package struct Timeouts: Sendable, Hashable {
    /// Name lookup, TCP and TLS together.
    package var connect: Duration
    /// Everything, the last byte of the body included, and waiting for a free place.
    package var total: Duration

    package init(connect: Duration = .seconds(5), total: Duration = .seconds(30)) {
        self.connect = connect
        self.total = total
    }
}

/// Which proxy a request goes through.
package enum ProxyPolicy: Sendable, Hashable {
    /// `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`; never for loopback, as Go does it.
    case environment
    case none
    case url(String)
}

/// A name and port whose address is known already.
package struct ResolvedName: Sendable, Hashable {
    package var host: String
    package var port: Int
    package var address: String

    package init(host: String, port: Int, address: String) {
        self.host = host
        self.port = port
        self.address = address
    }
}

/// What proves to the server who asks; never printed.
package enum Authorization: Sendable {
    case none
    case bearer(String)
    case basic(user: String, password: String)
    /// AWS signature version 4; the caller sets `x-amz-content-sha256`.
    case signatureV4(SigningKey)
}

/// The key pair and scope of an AWS signature.
package struct SigningKey: Sendable {
    package var accessKey: String
    package var secretKey: String
    package var region: String
    package var service: String

    package init(accessKey: String, secretKey: String, region: String, service: String = "s3") {
        self.accessKey = accessKey
        self.secretKey = secretKey
        self.region = region
        self.service = service
    }
}

extension Authorization: CustomStringConvertible, CustomDebugStringConvertible {
    package var description: String {
        switch self {
        case .none: "none"
        case .bearer: "bearer token"
        case .basic(let user, _): "basic, user \(user)"
        case .signatureV4(let key): "AWS signature, region \(key.region)"
        }
    }

    package var debugDescription: String { description }
}

extension SigningKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "AWS key, region \(region), service \(service)" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: ["region": region]) }
}
