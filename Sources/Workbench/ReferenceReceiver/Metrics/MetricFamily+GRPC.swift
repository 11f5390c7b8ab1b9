/// Families about calls over gRPC (go-grpc-middleware).
extension MetricFamily {
    private static let handled = ["grpc_code", "grpc_method", "grpc_service", "grpc_type"]
    private static let method = ["grpc_method", "grpc_service", "grpc_type"]

    static let grpcClientHandled = counter(
        "grpc_client_handled_total",
        "Total number of RPCs completed by the client, regardless of success or failure.",
        by: handled)
    static let grpcClientHandlingSeconds = histogram(
        "grpc_client_handling_seconds",
        "Histogram of response latency (seconds) of the gRPC until it is finished by "
            + "the application.",
        by: method,
        bounds: [0.001, 0.01, 0.1, 0.3, 0.6, 1, 3, 6, 9, 20, 30, 60, 90, 120, 240, 360, 720])
    static let grpcClientMessagesReceived = counter(
        "grpc_client_msg_received_total",
        "Total number of RPC stream messages received by the client.", by: method)
    static let grpcClientMessagesSent = counter(
        "grpc_client_msg_sent_total",
        "Total number of gRPC stream messages sent by the client.", by: method)
    static let grpcClientStarted = counter(
        "grpc_client_started_total", "Total number of RPCs started on the client.", by: method)
    static let grpcPanicsRecovered = counter(
        "grpc_req_panics_recovered_total",
        "Total number of gRPC requests recovered from internal panic.")
    static let grpcServerHandled = counter(
        "grpc_server_handled_total",
        "Total number of RPCs completed on the server, regardless of success or failure.",
        by: handled)
    static let grpcServerHandlingSeconds = histogram(
        "grpc_server_handling_seconds",
        "Histogram of response latency (seconds) of gRPC that had been "
            + "application-level handled by the server.",
        by: method, bounds: [0.001, 0.01, 0.1, 0.3, 0.6, 1, 3, 6, 9, 20, 30, 60, 90, 120])
    static let grpcServerMessagesReceived = counter(
        "grpc_server_msg_received_total",
        "Total number of RPC stream messages received on the server.", by: method)
    static let grpcServerMessagesSent = counter(
        "grpc_server_msg_sent_total",
        "Total number of gRPC stream messages sent by the server.", by: method)
    static let grpcServerStarted = counter(
        "grpc_server_started_total", "Total number of RPCs started on the server.", by: method)

    /// What is counted of each method that is served; outcomes are apart.
    static let grpcServerFamilies: [MetricFamily] = [
        .grpcServerHandlingSeconds, .grpcServerMessagesReceived, .grpcServerMessagesSent,
        .grpcServerStarted,
    ]

    /// What is counted of each method that is called; outcomes are apart.
    static let grpcClientFamilies: [MetricFamily] = [
        .grpcClientHandlingSeconds, .grpcClientMessagesReceived, .grpcClientMessagesSent,
        .grpcClientStarted,
    ]
}
