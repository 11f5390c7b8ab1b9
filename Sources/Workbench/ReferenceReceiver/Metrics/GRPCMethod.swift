/// A method as the labels of the gRPC families name it.
struct GRPCMethod: Hashable, Sendable {
    let service: String
    let name: String
    /// `unary` or `server_stream`.
    let type: String

    static let remoteWrite = GRPCMethod(
        service: "thanos.WriteableStore", name: "RemoteWrite", type: "unary")
    static let series = GRPCMethod(service: "thanos.Store", name: "Series", type: "server_stream")
    static let labelNames = GRPCMethod(service: "thanos.Store", name: "LabelNames", type: "unary")
    static let labelValues = GRPCMethod(
        service: "thanos.Store", name: "LabelValues", type: "unary")
    static let info = GRPCMethod(service: "thanos.info.Info", name: "Info", type: "unary")
    static let exemplars = GRPCMethod(
        service: "thanos.Exemplars", name: "Exemplars", type: "server_stream")
    static let statistics = GRPCMethod(
        service: "thanos.Status", name: "TSDBStatistics", type: "server_stream")

    /// The methods of a receiver; health and reflection are not counted in Thanos either.
    static let served = [
        remoteWrite, series, labelNames, labelValues, info, exemplars, statistics,
    ]

    /// Every status of gRPC, as grpc-go spells it (`codes.Code.String`).
    static let codes = [
        "OK", "Canceled", "Unknown", "InvalidArgument", "DeadlineExceeded", "NotFound",
        "AlreadyExists", "PermissionDenied", "ResourceExhausted", "FailedPrecondition", "Aborted",
        "OutOfRange", "Unimplemented", "Internal", "Unavailable", "DataLoss", "Unauthenticated",
    ]

    /// The labels of all gRPC families; those about outcomes have `grpc_code` as well.
    var labels: ReceiverMetrics.Labels {
        [("grpc_method", name), ("grpc_service", service), ("grpc_type", type)]
    }
}
