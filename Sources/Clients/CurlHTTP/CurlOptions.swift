import CCurl
import Glibc

/// Sets the options of one easy handle and remembers the first refusal.
struct CurlOptions {
    private let easy: UnsafeMutableRawPointer
    private(set) var firstError = CURLE_OK
    /// Lists libcurl borrows until the handle is gone.
    private(set) var lists: [UnsafeMutablePointer<curl_slist>] = []

    init(_ easy: UnsafeMutableRawPointer) { self.easy = easy }

    mutating func apply(_ request: HTTPRequest, remaining: Duration) {
        let parts = URLParts(request.url)
        applyBounds(request, remaining: remaining)
        applyMethod(request)
        applyTarget(request, parts)
        applyTLS(request.tls)
        applyAuthorization(request.authorization)
        applyProxy(request.proxy, parts)
    }

    private mutating func applyBounds(_ request: HTTPRequest, remaining: Duration) {
        long(CURLOPT_NOSIGNAL, 1)
        // Without it, giving up on a name that DNS does not answer waits for the resolver's
        // thread, and every other transfer with it.
        long(CURLOPT_QUICK_EXIT, 1)
        // Zero would mean no bound at all.
        long(CURLOPT_TIMEOUT_MS, max(1, remaining.milliseconds))
        long(CURLOPT_CONNECTTIMEOUT_MS, max(1, request.timeouts.connect.milliseconds))
        string(CURLOPT_PROTOCOLS_STR, "http,https")
        string(CURLOPT_REDIR_PROTOCOLS_STR, "http,https")
        long(CURLOPT_FOLLOWLOCATION, request.followsRedirects ? 1 : 0)
        // Go's http.Client stops after ten as well.
        long(CURLOPT_MAXREDIRS, 10)
        long(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
        if request.acceptsCompression { string(CURLOPT_ACCEPT_ENCODING, "gzip") }
    }

    private mutating func applyMethod(_ request: HTTPRequest) {
        switch request.method {
        case .get: long(CURLOPT_HTTPGET, 1)
        case .head: long(CURLOPT_NOBODY, 1)
        case .post: long(CURLOPT_POST, 1)
        case .put, .delete: string(CURLOPT_CUSTOMREQUEST, request.method.rawValue)
        }
        guard request.sendsBody else { return }
        note(ccurl_set_off(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(request.body.count)))
        // One byte more: an empty array may have no address, and libcurl copies by the size.
        (request.body + [0]).withUnsafeBytes {
            note(
                ccurl_set_string(
                    easy, CURLOPT_COPYPOSTFIELDS,
                    $0.baseAddress?.assumingMemoryBound(to: CChar.self)))
        }
        if request.method == .get { string(CURLOPT_CUSTOMREQUEST, "GET") }
    }

    private mutating func applyTarget(_ request: HTTPRequest, _ parts: URLParts?) {
        var url = request.url
        var lines = request.headers.fields.map { field in
            // libcurl's spelling of a field without a value.
            field.value.isEmpty ? "\(field.name);" : "\(field.name): \(field.value)"
        }
        lines += defaultFields(of: request)
        if let name = request.tls.serverName, let parts, parts.scheme == "https" {
            // libcurl takes SNI and the name to verify from the URL, so the URL carries the
            // name, and the connection goes to where the caller pointed.
            url = "https://\(name):\(parts.port)\(parts.path)"
            list(CURLOPT_CONNECT_TO, ["\(name):\(parts.port):\(parts.bracketedHost):\(parts.port)"])
            if request.headers["Host"] == nil {
                lines.append("Host: \(parts.bracketedHost):\(parts.port)")
            }
        }
        string(CURLOPT_URL, url)
        string(CURLOPT_USERAGENT, request.userAgent)
        list(CURLOPT_HTTPHEADER, lines)
        let resolve = request.resolve.map { entry in
            let address = entry.address.contains(":") ? "[\(entry.address)]" : entry.address
            return "\(entry.host):\(entry.port):\(address)"
        }
        if !resolve.isEmpty { list(CURLOPT_RESOLVE, resolve) }
    }

    /// No `Expect: 100-continue`, which many servers never answer, and no form content type.
    ///
    /// libcurl 7.88 signs also the lines that take a field away, so a signed request has none: it
    /// does not wait for an answer to its `Expect`, and states the type of its body.
    private mutating func defaultFields(of request: HTTPRequest) -> [String] {
        let hasType = request.headers["Content-Type"] != nil
        guard case .signatureV4 = request.authorization else {
            return ["Expect:"] + (hasType ? [] : ["Content-Type:"])
        }
        long(CURLOPT_EXPECT_100_TIMEOUT_MS, 1)
        return hasType || !request.sendsBody ? [] : ["Content-Type: application/octet-stream"]
    }

    private mutating func applyTLS(_ tls: TLSOptions) {
        long(CURLOPT_SSL_VERIFYPEER, tls.skipsVerification ? 0 : 1)
        long(CURLOPT_SSL_VERIFYHOST, tls.skipsVerification ? 0 : 2)
        long(CURLOPT_CERTINFO, 1)
        if let authorities = tls.authorities {
            blob(CURLOPT_CAINFO_BLOB, authorities)
            // Debian's default folder of authorities would be trusted in addition.
            note(ccurl_set_string(easy, CURLOPT_CAPATH, nil))
        }
        if let client = tls.clientCertificate {
            blob(CURLOPT_SSLCERT_BLOB, client.certificate)
            blob(CURLOPT_SSLKEY_BLOB, client.key)
        }
    }

    private mutating func applyAuthorization(_ authorization: Authorization) {
        switch authorization {
        case .none: break
        case .bearer(let token):
            long(CURLOPT_HTTPAUTH, Int(CurlConstants.authBearer))
            string(CURLOPT_XOAUTH2_BEARER, token)
        case .basic(let user, let password):
            long(CURLOPT_HTTPAUTH, Int(CurlConstants.authBasic))
            string(CURLOPT_USERNAME, user)
            string(CURLOPT_PASSWORD, password)
        case .signatureV4(let key):
            string(CURLOPT_AWS_SIGV4, "aws:amz:\(key.region):\(key.service)")
            string(CURLOPT_USERNAME, key.accessKey)
            string(CURLOPT_PASSWORD, key.secretKey)
        }
    }

    private mutating func applyProxy(_ proxy: ProxyPolicy, _ parts: URLParts?) {
        switch proxy {
        case .none: string(CURLOPT_PROXY, "")
        case .url(let url):
            string(CURLOPT_PROXY, url)
            // A proxy that was named is used for every host, whatever NO_PROXY says.
            string(CURLOPT_NOPROXY, "")
        case .environment:
            // Go's rule (net/http.ProxyFromEnvironment), which kubectl follows.
            if parts?.isLoopback == true {
                string(CURLOPT_PROXY, "")
            } else if parts?.scheme == "http", getenv("http_proxy") == nil,
                let upper = getenv("HTTP_PROXY")
            {
                // libcurl ignores the upper-case name, for the sake of CGI programs.
                string(CURLOPT_PROXY, String(cString: upper))
            }
        }
    }
}

extension CurlOptions {
    mutating func long(_ option: CURLoption, _ value: Int) {
        note(ccurl_set_long(easy, option, value))
    }

    mutating func string(_ option: CURLoption, _ value: String) {
        note(ccurl_set_string(easy, option, value))
    }

    mutating func pointer(_ option: CURLoption, _ value: UnsafeMutableRawPointer) {
        note(ccurl_set_pointer(easy, option, value))
    }

    mutating func callback(_ option: CURLoption, _ function: ccurl_data_callback) {
        note(ccurl_set_data_callback(easy, option, function))
    }

    private mutating func blob(_ option: CURLoption, _ bytes: [UInt8]) {
        note(bytes.withUnsafeBytes { ccurl_set_blob(easy, option, $0.baseAddress, $0.count) })
    }

    private mutating func list(_ option: CURLoption, _ lines: [String]) {
        var head: UnsafeMutablePointer<curl_slist>?
        for line in lines { head = curl_slist_append(head, line) ?? head }
        guard let head else { return }
        lists.append(head)
        note(ccurl_set_list(easy, option, head))
    }

    private mutating func note(_ code: CURLcode) {
        if firstError == CURLE_OK { firstError = code }
    }
}

extension HTTPRequest {
    /// Also an empty one, where the method calls for it.
    fileprivate var sendsBody: Bool { method == .post || method == .put || !body.isEmpty }
}

/// Constants that curl.h spells as casts, which Swift does not import.
enum CurlConstants {
    /// `CURLAUTH_BASIC`.
    static let authBasic: UInt = 1 << 0
    /// `CURLAUTH_BEARER`.
    static let authBearer: UInt = 1 << 6
}

extension Duration {
    /// Whole milliseconds, rounded down.
    package var milliseconds: Int {
        let parts = components
        let whole = parts.seconds.multipliedReportingOverflow(by: 1000)
        // Thirty years; libcurl counts in 32 bits on some platforms.
        guard !whole.overflow, abs(whole.partialValue) < 1_000_000_000_000 else {
            return parts.seconds < 0 ? 0 : 2_000_000_000
        }
        let rest = parts.attoseconds / 1_000_000_000_000_000
        return min(2_000_000_000, Int(whole.partialValue + rest))
    }

    /// `250 ms`, `1.5 s`, `30 s`.
    package var inWords: String {
        let count = milliseconds
        guard count >= 1000 else { return "\(count) ms" }
        let tenths = count % 1000 / 100
        return tenths == 0 ? "\(count / 1000) s" : "\(count / 1000).\(tenths) s"
    }
}
