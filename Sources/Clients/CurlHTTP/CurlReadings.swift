import CCurl
import Glibc

/// What libcurl knows about a finished transfer.
struct CurlReadings {
    private let easy: UnsafeMutableRawPointer

    init(_ easy: UnsafeMutableRawPointer) { self.easy = easy }

    var status: Int { long(CURLINFO_RESPONSE_CODE) }
    var osError: Int32 { Int32(truncatingIfNeeded: long(CURLINFO_OS_ERRNO)) }
    var verifyResult: Int { long(CURLINFO_SSL_VERIFYRESULT) }

    var timing: HTTPTiming {
        HTTPTiming(
            dns: time(CURLINFO_NAMELOOKUP_TIME_T), connect: time(CURLINFO_CONNECT_TIME_T),
            tls: time(CURLINFO_APPCONNECT_TIME_T), firstByte: time(CURLINFO_STARTTRANSFER_TIME_T),
            total: time(CURLINFO_TOTAL_TIME_T))
    }

    var remoteAddress: String? {
        var text: UnsafeMutablePointer<CChar>?
        guard ccurl_get_string(easy, CURLINFO_PRIMARY_IP, &text) == CURLE_OK, let text,
            text.pointee != 0
        else { return nil }
        return String(cString: text)
    }

    func phase(of request: HTTPRequest) -> TransportFailure.Phase {
        let timing = timing
        let isTLS = request.url.lowercased().hasPrefix("https")
        if timing.firstByte > .zero { return .firstByte }
        if isTLS, timing.tls > .zero { return .tlsHandshake }
        // The connect time is set only after TLS; the peer's address as soon as TCP stands.
        if timing.connect > .zero || remoteAddress != nil { return .connect }
        return timing.dns > .zero ? .nameLookup : .start
    }

    /// The first certificate of the chain, which is the server's own.
    var certificate: PeerCertificate? {
        // The value is a pointer to a structure; the shim's string getter fits any pointer.
        var raw: UnsafeMutablePointer<CChar>?
        guard ccurl_get_string(easy, CURLINFO_CERTINFO, &raw) == CURLE_OK, let raw else {
            return nil
        }
        let chain = UnsafeRawPointer(raw).assumingMemoryBound(to: curl_certinfo.self).pointee
        guard chain.num_of_certs > 0, let first = chain.certinfo?[0] else { return nil }
        var fields: [String: String] = [:]
        var node: UnsafeMutablePointer<curl_slist>? = first
        while let item = node {
            if let line = item.pointee.data.map({ String(cString: $0) }),
                let colon = line.firstIndex(of: ":")
            {
                fields[String(line[..<colon])] = String(line[line.index(after: colon)...])
            }
            node = item.pointee.next
        }
        return PeerCertificate(
            subject: fields["Subject"] ?? "", issuer: fields["Issuer"] ?? "",
            alternativeNames: fields["X509v3 Subject Alternative Name"] ?? "",
            validity: CertificateValidity(pem: Array((fields["Cert"] ?? "").utf8)))
    }

    private func long(_ what: CURLINFO) -> Int {
        var value = 0
        return ccurl_get_long(easy, what, &value) == CURLE_OK ? value : 0
    }

    private func time(_ what: CURLINFO) -> Duration {
        var value: curl_off_t = 0
        guard ccurl_get_off(easy, what, &value) == CURLE_OK else { return .zero }
        return .microseconds(Int64(value))
    }
}
