import HTTPServing
import SwiftProtobuf
import Synchronization
import Testing
import TimeSeries

@testable import ThanosGRPC

@Suite("What queriers ask")
struct StoreTests {
    private func answers(
        _ services: ScriptedServices, _ service: String, _ method: String, _ request: [UInt8] = []
    ) async throws -> [[UInt8]] {
        try await serving(services) { address in
            try await RawCall(service, method).answers(of: address, to: request)
        }
    }

    @Test("health is serving, not serving, or of an unknown service")
    func health() async throws {
        let service = "grpc.health.v1.Health"
        #expect(try await answers(.init(states: [true]), service, "Check") == [[8, 1]])
        #expect(try await answers(.init(states: [false]), service, "Check") == [[8, 2]])
        await #expect(throws: CallFailure(.notFound, "unknown service")) {
            try await answers(.init(), service, "Check", [10, 1, 0x78])
        }
    }

    @Test("health is told again when it changes")
    func watch() async throws {
        let states = try await serving(ScriptedServices(states: [true, false, true])) { address in
            try await RawCall("grpc.health.v1.Health", "Watch")
                .answers(of: address, to: [], atMost: 3)
        }
        #expect(states == [[8, 1], [8, 2], [8, 1]])
    }

    @Test("info is not ready, or the bounds and labels of each database")
    func info() async throws {
        await #expect(throws: CallFailure(.unknown, "Not ready")) {
            try await answers(.init(store: nil), "thanos.info.Info", "Info")
        }
        let labels = LabelSet([SeriesLabel("replica", "a"), SeriesLabel("tenant_id", "b")])
        let store = StoreDescription(
            databases: [.init(labels: labels, minTime: -5, maxTime: 7)], minTime: -5, maxTime: 7)
        let bytes = try await answers(.init(store: store), "thanos.info.Info", "Info")
        let response = try Thanos_Info_InfoResponse(serializedBytes: #require(bytes.first))
        #expect(response.componentType == "receive")
        #expect(try response.labelSets.map { try $0.serializedBytes() } == [labels.wire])
        #expect(response.store.minTime == -5)
        #expect(response.store.tsdbInfos.first?.maxTime == 7)
        #expect(response.hasExemplars && response.hasStatus)
    }

    @Test("series come in order, each by itself or in batches", arguments: [0, 1, 2, 5, 9])
    func series(batchSize: Int64) async throws {
        let series = (0..<5).map { index in
            SeriesAnswer(labels: LabelSet([SeriesLabel("i", "\(index)")]), chunks: [])
        }
        let queries = Mutex<[SeriesQuery]>([])
        let services = ScriptedServices(
            answers: series, onQuery: { query in queries.withLock { $0.append(query) } })
        let request = Thanos_SeriesRequest.with {
            $0.minTime = -1
            $0.maxTime = 9
            $0.matchers = [
                .with {
                    $0.type = .re
                    $0.name = "job"
                    $0.value = "a|b"
                }
            ]
            $0.skipChunks = true
            $0.withoutReplicaLabels = ["replica"]
            $0.limit = 5
            $0.responseBatchSize = batchSize
        }
        let messages = try await answers(
            services, "thanos.Store", "Series", request.serializedBytes())
        let field: UInt8 = batchSize > 1 ? 0x22 : 0x0A
        #expect(messages.allSatisfy { $0.first == field })
        #expect(messages.count == Int(batchSize > 1 ? (5 + batchSize - 1) / batchSize : 5))
        let all = messages.flatMap { $0.dropFirst(2) }
        let expected = series.flatMap { answer in
            (batchSize > 1 ? [0x0A, UInt8(answer.series.count)] : []) + answer.series
        }
        #expect(all == expected)
        let query = SeriesQuery(
            minTime: -1, maxTime: 9, matchers: [StoreMatcher(.pattern, "job", "a|b")],
            skipsChunks: true, withoutLabels: ["replica"], limit: 5)
        #expect(queries.withLock { $0 } == [query])
    }

    @Test("what a receiver refuses to answer is refused with its words")
    func refusedSeries() async throws {
        await #expect(
            throws: CallFailure(
                .invalidArgument, "no matchers specified (excluding selector labels)")
        ) {
            try await answers(.init(), "thanos.Store", "Series")
        }
        await #expect(throws: CallFailure(.invalidArgument, "unrecognized label matcher type 7")) {
            try await answers(.init(), "thanos.Store", "Series", [0x1A, 2, 8, 7])
        }
    }

    @Test("names and values of labels are listed")
    func labels() async throws {
        let services = ScriptedServices(names: ["a", "b"])
        #expect(
            try await answers(services, "thanos.Store", "LabelNames") == [[10, 1, 97, 10, 1, 98]])
        let request = Thanos_LabelValuesRequest.with { $0.label = "x" }
        let values = try await answers(
            services, "thanos.Store", "LabelValues", request.serializedBytes())
        #expect(
            try Thanos_LabelValuesResponse(serializedBytes: #require(values.first)).values
                == ["x=a", "x=b"])
    }

    @Test("there are no exemplars, and statistics by tenant")
    func others() async throws {
        #expect(try await answers(.init(), "thanos.Exemplars", "Exemplars") == [])
        var statistics = TenantStatistics()
        statistics.seriesCount = 3
        statistics.seriesByMetricName = [.init(name: "up", value: 3)]
        let bytes = try await answers(
            .init(tenants: ["t": statistics]), "thanos.Status", "TSDBStatistics")
        let response = try Thanos_TSDBStatisticsResponse(serializedBytes: #require(bytes.first))
        #expect(response.statistics.statistics == ["t": statistics.message])
    }

    @Test("anything else is not implemented, and what cannot be read is said to be so")
    func unreadable() async throws {
        let unknown = await #expect(throws: CallFailure.self) {
            try await answers(.init(), "thanos.Rules", "Rules")
        }
        #expect(unknown?.code == .unimplemented)
        let unreadable = await #expect(throws: CallFailure.self) {
            try await answers(.init(), "thanos.Store", "LabelNames", [0x32, 0x7F])
        }
        #expect(unreadable?.code == .internal)
    }
}
