package import CurlHTTP

/// What an HTTP answer says about the service behind it.
package enum AnswerVerdict: Sendable, Hashable {
    case passed(String)
    case failed(ProbeFault, String)

    var outcome: ProbeHop.Outcome {
        switch self {
        case .passed(let detail): .passed(detail)
        case .failed(let fault, let detail): .failed(fault, detail)
        }
    }
}

/// Judges the answer of a receiver's remote-write port to a request without a message in it.
package enum RemoteWriteVerdict {
    /// `pkg/receive/handler.go`, receiveHTTP: the body is unpacked before anything else, so an
    /// empty one gets a receiver that works to answer 400 with this text.
    private static let emptyBody = "snappy decode error"

    package static func of(_ response: HTTPResponse) -> AnswerVerdict {
        if response.saysTLSRequired { return .failed(.tlsRequired, "the port wants https") }
        switch response.status {
        case 400 where response.text.contains(emptyBody):
            return .passed("alive: an empty write is answered as it must be (400)")
        case 405 where allowsPost(response):
            return .passed("alive: the path takes POST only (405)")
        case 503: return .failed(.notReady, unavailable(response))
        case 307, 308:
            return .failed(.redirected, "answered \(response.status): \(sentence(response))")
        case 301, 302, 303, 404, 405: return wrongPath(response)
        case 200..<300 where isWebPage(response): return wrongPath(response)
        default: return common(response)
        }
    }

    /// `handler.go` answers with the status' name alone; no Thanos listener sends `Server`.
    private static func unavailable(_ response: HTTPResponse) -> String {
        let text = sentence(response)
        guard response.headers["Server"] != nil || text != "Service Unavailable" else {
            return "alive, but the hashring is not loaded (503)"
        }
        return "a proxy answers that nothing behind it takes writes (503"
            + (text.isEmpty ? ")" : ": \(text))")
    }

    private static func wrongPath(_ response: HTTPResponse) -> AnswerVerdict {
        let text = sentence(response)
        return .failed(
            .wrongPath, "answered \(response.status)" + (text.isEmpty ? "" : ": \(text)"))
    }

    /// What the answer says of itself; who answers can be told by it.
    private static func sentence(_ response: HTTPResponse) -> String {
        if let location = response.headers["Location"] {
            // What follows a question mark may be a credential.
            return "redirects to \(ProbeText.clean(String(location.prefix { $0 != "?" })))"
        }
        return String(ProbeText.clean(response.body).prefix(120))
    }

    private static func isWebPage(_ response: HTTPResponse) -> Bool {
        response.contentType == "text/html"
    }

    /// Statuses that mean the same on every port.
    static func common(_ response: HTTPResponse) -> AnswerVerdict {
        switch response.status {
        case 401, 403:
            .failed(.unauthorized, "something on the way asks for credentials (\(response.status))")
        case 404, 405: .failed(.wrongPath, "wrong path or port (\(response.status))")
        case 503: .failed(.notReady, "alive, but not ready (503)")
        case 300..<400:
            .failed(
                .unexpectedStatus(response.status),
                "redirects to \(ProbeText.clean(response.headers["Location"] ?? "nowhere"))")
        default: .failed(.unexpectedStatus(response.status), "answered \(response.status)")
        }
    }

    private static func allowsPost(_ response: HTTPResponse) -> Bool {
        response.headers.all("Allow").flatMap { $0.split(separator: ",") }
            .contains { $0.filter { $0 != " " }.uppercased() == "POST" }
    }
}

/// Judges the answer to GET `/-/healthy` and `/-/ready`.
package enum HealthVerdict {
    /// The remote-write port has no health paths (`--remote-write.address`), so its 404 is good
    /// news about the way there and no news about health.
    private static let remoteWritePort = 19291

    package static func of(_ response: HTTPResponse, port: Int) -> AnswerVerdict {
        if response.saysTLSRequired { return .failed(.tlsRequired, "the port wants https") }
        if (200..<300).contains(response.status) { return .passed("\(response.status)") }
        if response.status == 404, port == remoteWritePort {
            return .passed("reachable; the remote-write port has no health paths (404)")
        }
        return RemoteWriteVerdict.common(response)
    }
}
