import LabelMatching
import ObjectStore
import RemoteWrite
import TSDBFormat
import TSDBStorage
import ThanosGRPC
import TimeSeries

/// What a receiver answers other Thanos components.
struct ReceiverServices: ThanosServices {
    let path: WritePath
    let probes: ProbeStatus
    let tenants: StoredTenants
    let status: TSDBStatusSource
    let stores: Bool
    let metrics: ReceiverMetrics

    func remoteWrite(_ message: [UInt8]) async throws(CallFailure) {
        let pending = metrics.series(.pendingWriteRequests)
        pending.add(1)
        defer { pending.add(-1) }
        do throws(CallFailure) {
            try await store(message)
            count(.ok)
        } catch {
            count(error.code)
            throw error
        }
    }

    private func store(_ message: [UInt8]) async throws(CallFailure) {
        let request: ForwardedRequest
        var parts: [TenantWrite] = []
        do throws(ForwardedRequestError) {
            request = try ForwardedRequest(decoding: message)
        } catch {
            throw CallFailure(.internal, "grpc: error unmarshalling request: \(error.message)")
        }
        for part in request.parts {
            do throws(RemoteWriteError) {
                let write = try WriteRequest(decoding: part.message)
                guard write.counts.series > 0 else { continue }
                parts.append(TenantWrite(tenant: part.tenant, request: write))
            } catch {
                throw CallFailure(
                    .internal, "grpc: error unmarshalling request: \(error.message)")
            }
        }
        guard !parts.isEmpty else { return }
        do throws(WriteRefusal) {
            for part in parts { try Self.check(part.tenant) }
            try await path.store(
                parts, replica: request.replica, tenant: parts.first?.tenant ?? "")
        } catch {
            throw CallFailure(Self.code(of: error), error.message)
        }
    }

    /// Thanos takes any name here; ours are held to the rules of the header, for they are folders.
    private static func check(_ tenant: String) throws(WriteRefusal) {
        do throws(TenantName.Refusal) {
            try TenantName.check(tenant)
        } catch {
            throw WriteRefusal(status: 400, message: error.message)
        }
    }

    private static func code(of refusal: WriteRefusal) -> StatusCode {
        switch refusal.status {
        case 409: .alreadyExists
        case 503: .unavailable
        case 400: .invalidArgument
        default: .internal
        }
    }

    private func count(_ code: StatusCode) {
        metrics.add(
            to: .grpcServerHandled,
            GRPCMethod.remoteWrite.labels + [("grpc_code", code.description)])
    }

    var isServing: Bool { probes.current.isReady }

    func servingStates() async -> AsyncStream<Bool> { probes.readiness() }

    func description() async -> StoreDescription? {
        guard probes.current.isReady else { return nil }
        guard stores else {
            return StoreDescription(databases: [], minTime: .min, maxTime: .max)
        }
        let databases = tenants.all.map { tenant in
            let range = tenant.database.timeRange
            return StoreDescription.Database(
                labels: LabelSet.empty.extended(by: tenant.labels),
                minTime: range?.minTime ?? .max, maxTime: range?.maxTime ?? .max)
        }
        return StoreDescription(
            databases: databases, minTime: databases.map(\.minTime).min() ?? .max,
            maxTime: databases.map(\.maxTime).filter { $0 < .max }.max() ?? .max)
    }
}

extension ReceiverServices {
    func series(
        _ query: SeriesQuery, emit: @Sendable (SeriesAnswer) async throws(CallFailure) -> Void
    ) async throws(CallFailure) {
        let found = try await series(
            query.matchers, query.minTime, query.maxTime, without: query.withoutLabels)
        for series in found.prefix(query.limit ?? .max) {
            let chunks = query.skipsChunks ? [] : series.chunks.map(SeriesAnswer.Chunk.init)
            try await emit(SeriesAnswer(labels: series.labels, chunks: chunks))
        }
    }

    func labelNames(_ query: LabelQuery) async throws(CallFailure) -> [String] {
        let found = try await series(
            query.matchers, query.minTime, query.maxTime, without: query.withoutLabels,
            mayBeEmpty: true)
        let names = Set(found.flatMap { $0.labels.texts.map(\.name) })
        return Array(names.sorted().prefix(query.limit ?? .max))
    }

    func labelValues(
        of name: String, _ query: LabelQuery
    ) async throws(CallFailure) -> [String] {
        let found = try await series(
            query.matchers, query.minTime, query.maxTime, without: query.withoutLabels,
            mayBeEmpty: true)
        let values = Set(found.map { $0.labels[name] }).subtracting([""])
        return Array(values.sorted().prefix(query.limit ?? .max))
    }

    func statistics(limit: Int) async throws(CallFailure) -> [String: TenantStatistics] {
        guard probes.current.isReady else { throw CallFailure(.unknown, "not ready") }
        let statuses = status.statuses(of: .all, limit: limit)
        return Dictionary(
            statuses.map { ($0.tenant, TenantStatistics($0)) },
            uniquingKeysWith: { first, _ in first })
    }

    private func series(
        _ conditions: [StoreMatcher], _ from: Int64, _ through: Int64, without removed: [String],
        mayBeEmpty: Bool = false
    ) async throws(CallFailure) -> [ChunkedSeries] {
        guard mayBeEmpty || !conditions.isEmpty else {
            throw CallFailure(
                .invalidArgument, "no matchers specified (excluding selector labels)")
        }
        var matchers: [LabelMatcher] = []
        for condition in conditions {
            do throws(RegexError) {
                matchers.append(try LabelMatcher(condition))
            } catch {
                throw CallFailure(.invalidArgument, error.message)
            }
        }
        let (tenants, wanted) = (tenants, matchers)
        do throws(StorageError) {
            return try await BlockingWork.value { () throws(StorageError) in
                try tenants.series(
                    matching: wanted, from: from, through: through, without: Set(removed))
            }
        } catch {
            throw CallFailure(.internal, error.message)
        }
    }
}

extension LabelMatcher {
    fileprivate init(_ condition: StoreMatcher) throws(RegexError) {
        let kind: Kind =
            switch condition.kind {
            case .equal: .equal
            case .notEqual: .notEqual
            case .pattern: .matches
            case .notPattern: .doesNotMatch
            }
        try self.init(kind, condition.name, condition.value)
    }
}

extension SeriesAnswer.Chunk {
    fileprivate init(_ chunk: StoredChunk) {
        let encoding: Encoding =
            switch chunk.encoding {
            case .xor: .xor
            case .histogram: .histogram
            case .floatHistogram: .floatHistogram
            }
        self.init(
            minTime: chunk.minTime, maxTime: chunk.maxTime, encoding: encoding,
            data: chunk.payload)
    }
}

extension TenantStatistics {
    fileprivate init(_ status: TSDBStatus) {
        self.init()
        seriesCount = UInt64(status.series)
        labelPairCount = Int64(status.labelPairs)
        chunkCount = Int64(status.chunks)
        minTime = status.minTime
        maxTime = status.maxTime
        seriesByMetricName = status.seriesByMetricName.map(Entry.init)
        valuesByLabelName = status.valuesByLabelName.map(Entry.init)
        bytesByLabelName = status.bytesByLabelName.map(Entry.init)
        seriesByLabelPair = status.seriesByLabelPair.map(Entry.init)
    }
}

extension TenantStatistics.Entry {
    fileprivate init(_ count: TSDBStatus.Count) {
        self.init(name: count.name, value: UInt64(max(count.value, 0)))
    }
}
