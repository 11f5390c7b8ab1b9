/// What a receiver answers on its gRPC port; each requirement is one call of a peer or a querier.
package protocol ThanosServices: Sendable {
    /// `thanos.WriteableStore/RemoteWrite`: `message` is a `thanos.WriteRequest`, not yet parsed.
    func remoteWrite(_ message: [UInt8]) async throws(CallFailure)

    /// The state that `grpc.health.v1.Health/Check` tells.
    var isServing: Bool { get async }

    /// The state now and then each new one, for `grpc.health.v1.Health/Watch`.
    func servingStates() async -> AsyncStream<Bool>

    /// `thanos.info.Info/Info`; nil while the receiver is not ready.
    func description() async -> StoreDescription?

    /// `thanos.Store/Series`: emits series sorted by labels, external labels included.
    func series(
        _ query: SeriesQuery, emit: @Sendable (SeriesAnswer) async throws(CallFailure) -> Void
    ) async throws(CallFailure)

    /// `thanos.Store/LabelNames`, sorted.
    func labelNames(_ query: LabelQuery) async throws(CallFailure) -> [String]

    /// `thanos.Store/LabelValues` of one name, sorted.
    func labelValues(of name: String, _ query: LabelQuery) async throws(CallFailure) -> [String]

    /// `thanos.Status/TSDBStatistics`, by tenant; each list holds at most `limit` entries.
    func statistics(limit: Int) async throws(CallFailure) -> [String: TenantStatistics]
}
