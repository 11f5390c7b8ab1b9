import GRPCCore

/// A call that did not succeed: here, because a service refused it, or there, at a peer.
package struct CallFailure: Error, Hashable, CustomStringConvertible {
    package let code: StatusCode
    package let message: String

    package init(_ code: StatusCode, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The text in which Thanos embeds it (`status.Error` of grpc-go).
    package var description: String { "rpc error: code = \(code) desc = \(message)" }
}

extension CallFailure {
    /// What the transport reports, in the words of Thanos where it has its own.
    init(_ error: any Error) {
        switch error {
        case let failure as CallFailure:
            self = failure
        case let error as RPCError:
            self.init(error)
        case is CancellationError:
            self.init(.canceled, "context canceled")
        default:
            self.init(.unavailable, "\(error)")
        }
    }

    private init(_ error: RPCError) {
        switch error.code {
        case .deadlineExceeded:
            self.init(.deadlineExceeded, "context deadline exceeded")
        case _ where error.cause is CancellationError:
            self.init(.canceled, "context canceled")
        default:
            self.init(StatusCode(rawValue: error.code.rawValue) ?? .unknown, error.message)
        }
    }
}

extension RPCError {
    /// What a service refused with.
    init(_ failure: CallFailure) {
        let code = Status.Code(rawValue: failure.code.rawValue).flatMap(Code.init)
        self.init(code: code ?? .unknown, message: failure.message)
    }
}
