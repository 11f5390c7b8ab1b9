import GRPCCore
import SwiftProtobuf
import Synchronization

/// Binds the methods that queriers and peers call to what a receiver answers.
struct ServedMethods<Services: ThanosServices>: RegistrableRPCService {
    let services: Services

    func registerMethods<Transport: ServerTransport>(with router: inout RPCRouter<Transport>) {
        registerWrites(with: &router)
        registerHealth(with: &router)
        registerStore(with: &router)
        registerDescriptions(with: &router)
    }

    private func registerWrites<Transport>(with router: inout RPCRouter<Transport>) {
        router.unary("thanos.WriteableStore", "RemoteWrite") { message throws(CallFailure) in
            try await services.remoteWrite(message)
            return []
        }
    }

    private func registerHealth<Transport>(with router: inout RPCRouter<Transport>) {
        let service = "grpc.health.v1.Health"
        router.unary(service, "Check") { bytes throws(CallFailure) in
            let request = try Grpc_Health_V1_HealthCheckRequest(request: bytes)
            guard request.service.isEmpty else { throw CallFailure(.notFound, "unknown service") }
            let isServing = await services.isServing
            return try Grpc_Health_V1_HealthCheckResponse(isServing: isServing).answerBytes()
        }
        router.streaming(service, "Watch") { bytes, emit throws(CallFailure) in
            let request = try Grpc_Health_V1_HealthCheckRequest(request: bytes)
            try await watch(request.service, emit)
        }
    }

    /// A service that is not there may come yet, so its watcher is told and kept.
    private func watch(_ service: String, _ emit: Emit<[UInt8]>) async throws(CallFailure) {
        let states = await services.servingStates()
        if !service.isEmpty {
            try await emit(Grpc_Health_V1_HealthCheckResponse.unknownService.answerBytes())
        }
        for await isServing in states where service.isEmpty {
            try await emit(Grpc_Health_V1_HealthCheckResponse(isServing: isServing).answerBytes())
        }
    }

    private func registerStore<Transport>(with router: inout RPCRouter<Transport>) {
        let service = "thanos.Store"
        router.streaming(service, "Series") { bytes, emit throws(CallFailure) in
            let request = try Thanos_SeriesRequest(request: bytes)
            try await sendSeries(request, emit)
        }
        router.unary(service, "LabelNames") { bytes throws(CallFailure) in
            let query = try LabelQuery(Thanos_LabelNamesRequest(request: bytes))
            var response = Thanos_LabelNamesResponse()
            response.names = try await services.labelNames(query)
            return try response.answerBytes()
        }
        router.unary(service, "LabelValues") { bytes throws(CallFailure) in
            let request = try Thanos_LabelValuesRequest(request: bytes)
            var response = Thanos_LabelValuesResponse()
            response.values = try await services.labelValues(
                of: request.label, LabelQuery(request))
            return try response.answerBytes()
        }
    }

    private func sendSeries(
        _ request: Thanos_SeriesRequest, _ emit: @escaping Emit<[UInt8]>
    ) async throws(CallFailure) {
        let batches = Mutex(SeriesBatches(size: request.responseBatchSize))
        try await services.series(SeriesQuery(request)) { answer throws(CallFailure) in
            guard let message = batches.withLock({ $0.add(answer) }) else { return }
            try await emit(message)
        }
        if let message = batches.withLock({ $0.rest() }) {
            try await emit(message)
        }
    }

    private func registerDescriptions<Transport>(with router: inout RPCRouter<Transport>) {
        router.unary("thanos.info.Info", "Info") { _ throws(CallFailure) in
            guard let description = await services.description() else {
                throw CallFailure(.unknown, "Not ready")
            }
            return try description.message.answerBytes()
        }
        router.streaming("thanos.Exemplars", "Exemplars") { _, _ throws(CallFailure) in }
        router.streaming("thanos.Status", "TSDBStatistics") { bytes, emit throws(CallFailure) in
            let request = try Thanos_TSDBStatisticsRequest(request: bytes)
            let statistics = try await services.statistics(limit: Int(request.limit))
            var response = Thanos_TSDBStatisticsResponse()
            response.statistics.statistics = statistics.mapValues(\.message)
            try await emit(response.answerBytes())
        }
    }
}

extension Grpc_Health_V1_HealthCheckResponse {
    fileprivate static let unknownService = Self.with { $0.status = .serviceUnknown }

    fileprivate init(isServing: Bool) {
        self.init()
        status = isServing ? .serving : .notServing
    }
}
