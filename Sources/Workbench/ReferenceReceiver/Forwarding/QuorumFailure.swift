/// Why a request did not reach its quorum, as its sender is told.
struct QuorumFailure: Error, Hashable, Sendable {
    enum Kind: Hashable, Sendable {
        case conflict, notReady, unavailable, unknown
    }

    let kind: Kind
    let message: String

    static let deadlinePassed = QuorumFailure(
        kind: .unknown, message: "context deadline exceeded")

    /// The HTTP status (`receiveHTTP` in pkg/receive/handler.go).
    var status: Int {
        switch kind {
        case .conflict: 409
        case .notReady, .unavailable: 503
        case .unknown: 500
        }
    }

    /// The name of the gRPC code (`RemoteWrite` in pkg/receive/handler.go).
    var code: String {
        switch kind {
        case .conflict: "AlreadyExists"
        case .notReady, .unavailable: "Unavailable"
        case .unknown: "Internal"
        }
    }
}
