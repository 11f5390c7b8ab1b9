import CCurl
import Synchronization

/// HTTP over libcurl: one thread of its own drives every transfer and keeps the connections.
///
/// `curl_multi` on one thread, rather than blocking calls on several: Swift's cooperative pool
/// never waits in C code, a server that says nothing occupies no thread, and all requests share
/// one set of connections. The thread starts with the first request and ends with the client.
package final class CurlClient: HTTPTransport {
    private let engine: CurlEngine

    /// - Parameter concurrency: transfers at a time; the others wait, within their deadline.
    package init(concurrency: Int = 32) {
        engine = CurlEngine(concurrency: max(1, concurrency))
    }

    deinit { engine.stop() }

    package func send(_ request: HTTPRequest) async throws(TransportFailure) -> HTTPResponse {
        if let flaw = RequestFlaw.find(in: request) {
            throw TransportFailure(.invalidRequest, flaw)
        }
        let transfer = CurlTransfer(request)
        let ticket = CurlEngine.Ticket(transfer)
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                engine.submit(ticket, continuation)
            }
        } onCancel: {
            engine.cancel(ticket)
        }
        return try result.get()
    }
}

/// What makes a request unfit to be sent.
enum RequestFlaw {
    static func find(in request: HTTPRequest) -> String? {
        guard URLParts(request.url) != nil else {
            return "not an absolute http or https URL: \(request.url.prefix(200).debugDescription)"
        }
        for field in request.headers.fields
        where field.name.isEmpty || !isSafe(field.name) || !isSafe(field.value) {
            return "header \(field.name.prefix(60).debugDescription) holds a control character"
        }
        guard isSafe(request.userAgent), isSafe(secret(of: request.authorization)) else {
            return "the \(request.authorization) holds a control character"
        }
        for entry in request.resolve where IPAddressText.isValid(entry.address) == false {
            return "not an address: \(entry.address.prefix(60).debugDescription)"
        }
        return nil
    }

    /// A line break would let a value add header fields of its own.
    private static func isSafe(_ text: String) -> Bool {
        text.utf8.allSatisfy { ($0 >= 0x20 || $0 == 0x09) && $0 != 0x7F }
    }

    private static func secret(of authorization: Authorization) -> String {
        switch authorization {
        case .none: ""
        case .bearer(let token): token
        case .basic(let user, let password): user + password
        case .signatureV4(let key): key.accessKey + key.secretKey + key.region + key.service
        }
    }
}
