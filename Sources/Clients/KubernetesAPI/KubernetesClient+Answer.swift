import CurlHTTP
import MarkedYAML

extension KubernetesClient {
    /// 429s honoured before giving up; kubectl's default is ten, ours answers a person sooner.
    private static let maxThrottles = 3

    /// A 2xx answer; throttling and one failure of the server are waited out within the budget.
    func answer(to exchange: APIExchange) async throws(KubernetesFailure) -> HTTPResponse {
        var throttles = 0
        var failures = 0
        while true {
            do {
                return try accepted(try await exchanged(exchange), exchange)
            } catch {
                switch error.kind {
                case .tooManyRequests(let seconds) where throttles < Self.maxThrottles:
                    throttles += 1
                    try await pause(.seconds(seconds ?? 1), before: error)
                case .serverError where failures == 0, .unreachable where failures == 0:
                    guard error.isWorthRepeating else { throw error }
                    failures += 1
                    try await pause(.milliseconds(200), before: error)
                case .unauthorized, .forbidden, .objectMissing, .resourceNotServed, .gone,
                    .tooManyRequests, .rejected, .serverError, .timedOut, .unreachable,
                    .notKubernetes, .truncated, .malformed, .cancelled:
                    throw error
                }
            }
        }
    }

    /// One exchange, with whatever status.
    func exchanged(_ exchange: APIExchange) async throws(KubernetesFailure) -> HTTPResponse {
        let time = min(budget.perRequest, budget.remaining)
        guard time > .zero else { throw exchange.failure(.timedOut, "the budget is used up") }
        do {
            return try await transport.send(request(exchange, time))
        } catch {
            throw exchange.failure(.init(error), error.message)
        }
    }

    private func request(_ exchange: APIExchange, _ time: Duration) -> HTTPRequest {
        HTTPRequest(
            .get, connection.server + exchange.target, headers: ["Accept": exchange.accept],
            authorization: connection.authorization,
            timeouts: Timeouts(connect: min(time, .seconds(5)), total: time),
            maxBodyBytes: exchange.limit,
            acceptsCompression: URLParts(connection.server)?.isLoopback == false,
            proxy: connection.proxy, tls: connection.tls,
            resolve: connection.resolve, userAgent: userAgent)
    }

    private func accepted(
        _ response: HTTPResponse, _ exchange: APIExchange
    ) throws(KubernetesFailure) -> HTTPResponse {
        guard !(200..<300).contains(response.status) else { return response }
        throw StatusReading(response, exchange).failure(hint: credentialHint)
    }

    /// The API server answers an expired client certificate with a bare 401.
    private var credentialHint: String? {
        connection.credentialHint(now: .now)
    }

    private func pause(
        _ duration: Duration, before failure: KubernetesFailure
    ) async throws(KubernetesFailure) {
        guard duration < budget.remaining else { throw failure }
        do {
            try await budget.pause(duration)
        } catch {
            throw KubernetesFailure(.cancelled, path: failure.path, message: "cancelled")
        }
    }
}

extension KubernetesFailure.Kind {
    init(_ failure: TransportFailure) {
        if case .timedOut = failure.kind {
            self = .timedOut
        } else {
            self = failure.kind == .cancelled ? .cancelled : .unreachable(failure)
        }
    }
}
