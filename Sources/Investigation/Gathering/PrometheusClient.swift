import CurlHTTP
import Evidence
import NetworkProbes

/// Why a Prometheus did not say what it was asked.
struct PrometheusProblem: Error, Hashable {
    let cause: MissingEvidence.Cause
    let reason: String

    init(_ cause: MissingEvidence.Cause, _ reason: String) {
        self.cause = cause
        self.reason = reason
    }
}

/// Asks the query API of one Prometheus or Thanos Query.
struct PrometheusClient: Sendable {
    /// As the user gave it, with credentials if it has any.
    let url: String
    let transport: any HTTPTransport
    let policy: ProbePolicy
    /// For all questions together.
    let deadline: ContinuousClock.Instant

    private static let patience = Duration.seconds(10)
    /// Of one answer.
    private static let mostBytes = 32 << 20

    func answer(to query: String) async throws(PrometheusProblem) -> PrometheusAnswer {
        if let reason = policy.refusal(ofURL: url) { throw PrometheusProblem(.forbidden, reason) }
        let patience = min(Self.patience, deadline - .now)
        guard patience > .zero else {
            throw PrometheusProblem(.timedOut, "it took longer than there was time")
        }
        let request = HTTPRequest(
            .get, "\(url)/api/v1/query?query=\(query.queryEscaped)",
            timeouts: Timeouts(connect: min(.seconds(5), patience), total: patience),
            maxBodyBytes: Self.mostBytes, acceptsCompression: true)
        let response: HTTPResponse
        do throws(TransportFailure) {
            response = try await transport.send(request)
        } catch {
            throw PrometheusProblem(error.isTimeOut ? .timedOut : .unreachable, error.message)
        }
        guard !response.isTruncated else {
            let size = "\(Self.mostBytes >> 20) MiB"
            throw PrometheusProblem(.malformed, "an answer is longer than \(size)")
        }
        guard response.status == 200 else { throw Self.refusal(response) }
        return try PrometheusAnswer(response.text)
    }

    /// The error that the API gives with another status, when it is the API.
    private static func refusal(_ response: HTTPResponse) -> PrometheusProblem {
        let isRefusal = [401, 403].contains(response.status)
        var reason = "HTTP status \(response.status)"
        do throws(PrometheusProblem) {
            _ = try PrometheusAnswer(response.text)
        } catch {
            if response.contentType == "application/json" { reason += ": \(error.reason)" }
        }
        return PrometheusProblem(isRefusal ? .forbidden : .malformed, reason)
    }
}

extension TransportFailure {
    fileprivate var isTimeOut: Bool {
        switch kind {
        case .connectTimedOut, .timedOut, .cancelled: true
        case _: false
        }
    }
}
