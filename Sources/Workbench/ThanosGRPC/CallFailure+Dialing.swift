import Glibc
import NIOCore
import NIOPosix
import NIOSSL

extension CallFailure {
    /// A peer that could not be reached, in the words of grpc-go and of Go's `net`.
    init(dialing target: PeerTarget, _ error: any Error) {
        if let failure = error as? CallFailure {
            self = failure
        } else {
            self.init(.unavailable, Self.description(of: error, dialing: target))
        }
    }

    private static func description(of error: any Error, dialing target: PeerTarget) -> String {
        switch error {
        case let error as NIOConnectionError where error.connectionErrors.isEmpty:
            "dns: A record lookup error: lookup \(target.host): no such host"
        case let error as NIOConnectionError:
            connectionError("Error while dialing: \(refusal(error, dialing: target))")
        case let error as NIOSSLError:
            connectionError("authentication handshake failed: \(error)")
        case ChannelError.connectTimeout:
            connectionError("Error while dialing: dial tcp \(target): i/o timeout")
        case is ChannelError:
            #"connection error: desc = "error reading server preface: EOF""#
        default:
            connectionError("Error while dialing: dial tcp \(target): \(error)")
        }
    }

    private static func connectionError(_ text: String) -> String {
        #"connection error: desc = "transport: \#(text)""#
    }

    private static func refusal(_ error: NIOConnectionError, dialing target: PeerTarget) -> String {
        guard let attempt = error.connectionErrors.last else { return "dial tcp \(target)" }
        let ip = attempt.target.ipAddress ?? target.host
        let place = ip.contains(":") ? "[\(ip)]:\(target.port)" : "\(ip):\(target.port)"
        guard let failure = attempt.error as? IOError else {
            return "dial tcp \(place): i/o timeout"
        }
        let reason = String(cString: strerror(failure.errnoCode)).lowercased()
        return "dial tcp \(place): connect: \(reason)"
    }
}
