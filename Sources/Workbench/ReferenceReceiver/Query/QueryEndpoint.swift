import HTTPServing
import LabelMatching
import ObjectStore
import PromQL
import TSDBStorage
import TimeSeries

/// The Prometheus HTTP API over the samples of this receiver.
///
/// Thanos Receive has none: Thanos Query asks it through the Store API. It stands on the admin port
/// so that an end-to-end check and Grafana need no querier.
struct QueryEndpoint: Sendable {
    /// Parameters in the body of a POST.
    private static let bodyLimit = 1 << 20
    private static let prefix = "/api/v1/"

    let tenants: StoredTenants
    let status: TSDBStatusSource
    let now: @Sendable () -> WallTime

    /// The answer; nil for a path that is not of this API.
    func respond(to request: ServedRequest) async -> ServedResponse? {
        guard request.path.hasPrefix(Self.prefix) else { return nil }
        let name = String(request.path.dropFirst(Self.prefix.count))
        if name == "status/tsdb" { return status.answer(to: request) }
        guard let call = Call(name) else { return nil }
        guard ["GET", "POST"].contains(request.method) else {
            return GoResponse.error(
                405, "Method Not Allowed", headers: [("Allow", "GET, OPTIONS, POST")])
        }
        let parameters: [(name: String, value: String)]
        do throws(BodyError) {
            parameters = try await self.parameters(of: request)
        } catch {
            return Self.response(
                QueryAPI.refusal(QueryError(.badData, "error parsing form values")))
        }
        // Files are read and much may be computed: not on a thread that others wait for.
        return Self.response(await BlockingWork.value { self.answer(call, parameters) })
    }

    private enum Call: Sendable {
        case query, queryRange, series, labels
        case values(label: String)

        init?(_ name: String) {
            switch name {
            case "query": self = .query
            case "query_range": self = .queryRange
            case "series": self = .series
            case "labels": self = .labels
            default:
                let parts = name.split(separator: "/", omittingEmptySubsequences: false)
                guard parts.count == 3, parts[0] == "label", parts[2] == "values" else {
                    return nil
                }
                self = .values(label: String(parts[1]))
            }
        }
    }

    private func parameters(
        of request: ServedRequest
    ) async throws(BodyError) -> [(name: String, value: String)] {
        guard request.method == "POST" else { return request.query }
        let body = try await request.body(limit: Self.bodyLimit)
        let form = ServedRequest(target: "/?" + String(decoding: body, as: UTF8.self))
        return form.query + request.query
    }

    private func answer(
        _ call: Call, _ parameters: [(name: String, value: String)]
    ) -> QueryAPI.Answer {
        let single = Dictionary(parameters.map { ($0.name, $0.value) }) { first, _ in first }
        let source = TenantSource(tenants: tenants)
        switch call {
        case .query: return QueryAPI.instant(single, now: now().milliseconds, in: source)
        case .queryRange: return QueryAPI.range(single, in: source)
        case .series: return QueryAPI.series(parameters, in: source)
        case .labels: return QueryAPI.labelNames(parameters, in: source)
        case .values(let label): return QueryAPI.labelValues(of: label, parameters, in: source)
        }
    }

    private static func response(_ answer: QueryAPI.Answer) -> ServedResponse {
        ServedResponse(
            status: answer.status, headers: [("Content-Type", "application/json")],
            body: .bytes(answer.json))
    }
}
