package import KubernetesModel
import MarkedYAML

/// What a Thanos Query answered.
package struct QueryState: Sendable {
    package let address: QueryAddress
    /// The workload that answers there, when it is known.
    package let component: ObjectReference?
    /// `/api/v1/stores`.
    package var stores: [QueriedStore]
    /// How old the newest samples of the edges are.
    package var series: [SeriesFreshness]
    /// How many series `count(up)` found with and without deduplication.
    package var counts: Counts?

    package struct Counts: Sendable, Hashable {
        package let deduplicated: Double
        package let raw: Double

        package init(deduplicated: Double, raw: Double) {
            self.deduplicated = deduplicated
            self.raw = raw
        }
    }

    package init(
        at address: QueryAddress, component: ObjectReference? = nil, stores: [QueriedStore] = [],
        series: [SeriesFreshness] = [], counts: Counts? = nil
    ) {
        self.address = address
        self.component = component
        self.stores = stores
        self.series = series
        self.counts = counts
    }
}

/// One entry of `/api/v1/stores` (`EndpointStatus` in pkg/query/endpointset.go of Thanos).
package struct QueriedStore: Sendable {
    /// `receive`, `store`, `sidecar`, `rule`.
    package let type: String
    package let name: String
    package let lastError: String?
    /// Milliseconds.
    package let minTime: Int64
    package let maxTime: Int64
    package let labelSets: [[String: String]]

    package init(
        type: String, name: String, lastError: String?, minTime: Int64, maxTime: Int64,
        labelSets: [[String: String]]
    ) {
        self.type = type
        self.name = name
        self.lastError = lastError
        self.minTime = minTime
        self.maxTime = maxTime
        self.labelSets = labelSets
    }
}

extension QueriedStore {
    /// The host of `10.0.0.1:10901`.
    package var host: String { name.lastIndex(of: ":").map { String(name[..<$0]) } ?? name }

    /// The stores in an answer of `/api/v1/stores`: lists by type below `data`.
    package static func all(_ answer: String) -> [QueriedStore] {
        let source = SourceText(name: "stores", text: answer)
        guard let data = (try? JSONReader.document(source))?["data"] else { return [] }
        return data.entries.flatMap { type, stores in
            stores.items.map { store in
                let error = store["lastError"]
                return QueriedStore(
                    type: type.string ?? "", name: store["name"]?.string ?? "",
                    lastError: error?.string ?? error?.items.first?.string,
                    minTime: Int64(store["minTime"]?.int ?? 0),
                    maxTime: Int64(store["maxTime"]?.int ?? .max),
                    labelSets: store["labelSets"].items.map(\.stringMap))
            }
        }
    }
}

extension EvidenceKey where Value == [QueryState] {
    /// What Thanos Query says of its stores and of the edges' series.
    package static var queries: EvidenceKey<[QueryState]> {
        EvidenceKey("queries", sources: [.query]) { _, view in
            guard let queries = view.queries else {
                return .missing(.notConfigured("query", needs: "a Thanos Query address"))
            }
            guard !queries.items.isEmpty else {
                return .missing(
                    queries.missing.first
                        ?? .notConfigured("query", needs: "a Thanos Query address"))
            }
            return .known(queries.items, gaps: queries.missing)
        }
    }
}
