/// A call that failed, as gRPC reports it.
struct ForwardFailure: Error, Hashable, Sendable {
    /// The code's name as Go prints it: `Unavailable`, `AlreadyExists`.
    let code: String
    let message: String

    /// As Go's client says it when the time is over.
    static let deadlineExceeded = ForwardFailure(
        code: "DeadlineExceeded", message: "context deadline exceeded")
    /// As Go's client says it when its connection was closed.
    static let closing = ForwardFailure(
        code: "Canceled", message: "grpc: the client connection is closing")
}

/// Calls `thanos.WriteableStore/RemoteWrite` of the peer at an address.
///
/// It returns soon after the timeout, and at once when its task is cancelled.
typealias ForwardCall =
    @Sendable (_ address: String, _ message: [UInt8], _ timeout: Duration) async -> Result<
        Void, ForwardFailure
    >

/// One write on its way to a peer.
struct ForwardJob: Sendable {
    let endpoint: PeerEndpoint
    /// Counted from 0.
    let replica: Int
    /// Whether another receiver has replicated the request before.
    let isReplicated: Bool
    let message: [UInt8]
    /// On the pool's own time.
    let deadline: Duration
    /// Called exactly once.
    let completion: @Sendable (Result<Void, ReplicaError>) -> Void
}

/// What the metrics of forwarding count.
enum ForwardEvent: Hashable, Sendable {
    /// `thanos_receive_forward_delay_seconds`
    case waited(Duration)
    /// `thanos_receive_forward_requests_total`, and unless the request was replicated before,
    /// `thanos_receive_replications_total`.
    case called(isSuccess: Bool, isReplicated: Bool)
}
