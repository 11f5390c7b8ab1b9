import CurlHTTP
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel

/// Asks one Thanos Query for its stores, and how old the edges' newest samples are.
struct QueryGatherer: Sendable {
    /// Gets a path with its query; throws a line for people.
    typealias Ask = @Sendable (String) async throws(QueryFailure) -> HTTPResponse

    let address: QueryAddress
    let component: ObjectReference?
    let ask: Ask

    private static let width = 8

    /// - Parameter selectors: of series that ought to arrive, such as `up{cluster="edge-02"}`.
    func state(of selectors: [String]) async throws(QueryFailure) -> QueryState {
        var state = QueryState(at: address, component: component)
        state.stores = QueriedStore.all(try await text("/api/v1/stores"))
        let deduplicated = try await value(of: "count(up)", deduplicated: true)
        let raw = try await value(of: "count(up)", deduplicated: false)
        if let deduplicated, let raw {
            state.counts = QueryState.Counts(deduplicated: deduplicated, raw: raw)
        }
        state.series = try await freshness(of: selectors)
        return state
    }

    private func freshness(
        of selectors: [String]
    ) async throws(QueryFailure) -> [SeriesFreshness] {
        typealias Seen = (Int, Result<SeriesFreshness, QueryFailure>)
        let seen = await withTaskGroup(of: Seen.self) { group in
            var waiting = selectors.enumerated().makeIterator()
            for _ in 0..<Self.width {
                guard let (index, selector) = waiting.next() else { break }
                group.addTask { (index, await series(selector)) }
            }
            var seen: [Int: Result<SeriesFreshness, QueryFailure>] = [:]
            for await (index, series) in group {
                seen[index] = series
                if let (index, selector) = waiting.next() {
                    group.addTask { (index, await self.series(selector)) }
                }
            }
            return seen
        }
        var all: [SeriesFreshness] = []
        for index in selectors.indices {
            if let one = seen[index] { all.append(try one.get()) }
        }
        return all
    }

    private func series(_ selector: String) async -> Result<SeriesFreshness, QueryFailure> {
        do throws(QueryFailure) {
            let age = try await value(of: SeriesFreshness.query(selector), deduplicated: true)
            // Without a series both answers are empty.
            let count =
                age == nil ? nil : try await value(of: "count(\(selector))", deduplicated: true)
            return .success(SeriesFreshness(selector: selector, age: age, count: count))
        } catch {
            return .failure(error)
        }
    }

    private func value(
        of query: String, deduplicated: Bool
    ) async throws(QueryFailure) -> Double? {
        let path = "/api/v1/query?dedup=\(deduplicated)&query=\(query.queryEscaped)"
        let source = SourceText(name: "query", text: try await text(path))
        guard let answer = try? JSONReader.document(source),
            answer["status"]?.string == "success"
        else { throw QueryFailure(cause: .malformed, "\(address): the answer to \(query) is none") }
        let first = answer["data"]?["result"].items.first
        let number = first?["value"].items.last?.string.flatMap(Double.init)
        // Counts and ages: what no integer holds is none.
        guard number.map({ abs($0) < 1e15 }) ?? true else {
            throw QueryFailure(cause: .malformed, "\(address): the answer to \(query) is no number")
        }
        return number
    }

    private func text(_ path: String) async throws(QueryFailure) -> String {
        let response = try await ask(path)
        guard response.status == 200 else {
            let short = path.prefix { $0 != "?" }
            throw QueryFailure(
                cause: .malformed, "\(address)\(short) answered HTTP status \(response.status)")
        }
        return response.text
    }
}

/// Why a Query could not be asked.
struct QueryFailure: Error {
    let cause: MissingEvidence.Cause
    let reason: String

    init(cause: MissingEvidence.Cause, _ reason: String) {
        self.cause = cause
        self.reason = reason
    }
}
