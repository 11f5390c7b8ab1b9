import ThanosGRPC
import TimeSeries

/// Answers what a test has laid down, and hands on what it was sent.
struct ScriptedServices: ThanosServices {
    var write: @Sendable ([UInt8]) async throws(CallFailure) -> Void = { _ in }
    var states: [Bool] = [true]
    var store: StoreDescription?
    var answers: [SeriesAnswer] = []
    var names: [String] = []
    var tenants: [String: TenantStatistics] = [:]
    var onQuery: @Sendable (SeriesQuery) -> Void = { _ in }
    var onLabelQuery: @Sendable (LabelQuery) -> Void = { _ in }

    func remoteWrite(_ message: [UInt8]) async throws(CallFailure) {
        try await write(message)
    }

    var isServing: Bool { states.last ?? false }

    /// Tells what there is, and then nothing more without ending.
    func servingStates() -> AsyncStream<Bool> {
        let (stream, continuation) = AsyncStream<Bool>.makeStream()
        states.forEach { continuation.yield($0) }
        continuation.onTermination = { [continuation] _ in continuation.finish() }
        return stream
    }

    func description() -> StoreDescription? { store }

    func series(
        _ query: SeriesQuery, emit: @Sendable (SeriesAnswer) async throws(CallFailure) -> Void
    ) async throws(CallFailure) {
        onQuery(query)
        guard !query.matchers.isEmpty else {
            throw CallFailure(
                .invalidArgument, "no matchers specified (excluding selector labels)")
        }
        for answer in answers {
            try await emit(answer)
        }
    }

    func labelNames(_ query: LabelQuery) throws(CallFailure) -> [String] {
        onLabelQuery(query)
        return names
    }

    func labelValues(of name: String, _ query: LabelQuery) throws(CallFailure) -> [String] {
        onLabelQuery(query)
        return names.map { "\(name)=\($0)" }
    }

    func statistics(limit: Int) throws(CallFailure) -> [String: TenantStatistics] { tenants }
}
