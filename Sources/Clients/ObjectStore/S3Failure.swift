import CurlHTTP

/// What went wrong with one request to S3, in the words of minio-go.
struct S3Failure: Error {
    /// S3's code, such as `NoSuchKey`, or the status line when the server gave none.
    let code: String
    /// Whether another attempt may help.
    let isTransient: Bool
    /// The region the bucket is in, when the server says that another one was asked.
    let region: String?
    let error: ObjectStoreError

    /// An answer that is no success (minio-go's `httpRespToErrorResponse`).
    init(_ response: HTTPResponse, hasKey: Bool) {
        let leaves = XMLLeaf.leaves(of: response.body) ?? []
        let fallback = Self.fallback(response, hasKey: hasKey)
        // A field that is there and empty counts as absent: there is nothing to show.
        let code = leaves.text(of: "Code").flatMap { $0.isEmpty ? nil : $0 } ?? fallback.code
        let message = leaves.text(of: "Message").flatMap { $0.isEmpty ? nil : $0 }
        let region = leaves.text(of: "Region") ?? response.headers["x-amz-bucket-region"]
        self.code = code
        self.region = region.flatMap { $0.isEmpty ? nil : $0 }
        isTransient =
            Self.transientStatuses.contains(response.status) || Self.transientCodes.contains(code)
        error = ObjectStoreError(Self.kind(of: code), message ?? fallback.message)
    }

    /// No answer: Go's `url.Error` around what its dialer says.
    init(_ failure: TransportFailure, _ request: HTTPRequest, dialed: String) {
        code = ""
        isTransient = failure.kind.isTransient
        region = nil
        let method = request.method.rawValue
        let operation = method.prefix(1) + method.dropFirst().lowercased()
        let reason = failure.inGoWords(url: request.url, dialed: dialed)
        error = ObjectStoreError(
            failure.kind == .cancelled ? .cancelled : .unreachable,
            "\(operation) \(request.url.debugDescription): \(reason)")
    }

    /// A request that is not sent, or an answer that makes no sense.
    init(_ error: ObjectStoreError) {
        code = ""
        isTransient = false
        region = nil
        self.error = error
    }
}

extension S3Failure {
    /// minio-go's `retryableHTTPStatusCodes` and `retryableS3Codes`.
    private static let transientStatuses: Set = [408, 429, 499, 500, 502, 503, 504, 520]
    private static let transientCodes: Set = [
        "RequestError", "RequestTimeout", "Throttling", "ThrottlingException",
        "RequestLimitExceeded", "RequestThrottled", "InternalError", "ExpiredToken",
        "ExpiredTokenException", "SlowDown", "SlowDownWrite", "SlowDownRead",
    ]

    private static func kind(of code: String) -> ObjectStoreError.Code {
        switch code {
        case "NoSuchKey": .notFound
        case "NoSuchBucket": .noSuchBucket
        case "AccessDenied", "InvalidAccessKeyId", "SignatureDoesNotMatch", "ExpiredToken",
            "InvalidToken", "AllAccessDisabled":
            .accessDenied
        default: .refused
        }
    }

    /// What stands for a body, which the answer to a HEAD does not have.
    private static func fallback(
        _ response: HTTPResponse, hasKey: Bool
    ) -> (code: String, message: String) {
        switch response.status {
        case 404 where hasKey: return ("NoSuchKey", "The specified key does not exist.")
        case 404: return ("NoSuchBucket", "The specified bucket does not exist")
        case 403: return ("AccessDenied", "Access Denied.")
        case 409: return ("Conflict", "Bucket not empty.")
        case 412:
            let message = "At least one of the pre-conditions you specified did not hold"
            return ("PreconditionFailed", message)
        default:
            let status = statusLine(response.status)
            // A body that is not XML is shown, within bounds.
            return (status, response.body.isEmpty ? status : String(response.text.prefix(1024)))
        }
    }

    private static func statusLine(_ status: Int) -> String {
        let reasons = [
            301: "Moved Permanently", 307: "Temporary Redirect", 400: "Bad Request",
            401: "Unauthorized", 405: "Method Not Allowed", 408: "Request Timeout",
            411: "Length Required", 413: "Request Entity Too Large", 429: "Too Many Requests",
            500: "Internal Server Error", 501: "Not Implemented", 502: "Bad Gateway",
            503: "Service Unavailable", 504: "Gateway Timeout",
        ]
        return reasons[status].map { "\(status) \($0)" } ?? "\(status)"
    }
}
