import Glibc
import NIOCore
import NIOPosix
import NIOSSL

extension CallFailure {
    /// A peer that could not be reached, in the words of grpc-go and of Go's `net`.
    init(dialing target: PeerTarget, _ error: any Error) {
        switch error {
        case let failure as CallFailure: self = failure
        case let error as NIOConnectionError where error.connectionErrors.isEmpty:
            self.init(unknownHost: target)
        default: self.init(.unavailable, Self.description(of: error, dialing: target))
        }
    }

    /// As Go's resolver says it.
    init(unknownHost target: PeerTarget) {
        self.init(
            .unavailable, "dns: A record lookup error: lookup \(target.host): no such host")
    }

    private static func description(of error: any Error, dialing target: PeerTarget) -> String {
        switch error {
        case let error as NIOConnectionError:
            connectionError("transport: Error while dialing: \(refusal(error, dialing: target))")
        case ChannelError.connectTimeout:
            connectionError("transport: Error while dialing: dial tcp \(target): i/o timeout")
        case NIOSSLError.handshakeFailed(let error):
            connectionError("transport: authentication handshake failed: \(error.goText)")
        case let error as NIOSSLExtraError where error == .failedToValidateHostname:
            connectionError(
                "transport: authentication handshake failed: tls: failed to verify certificate: "
                    + "x509: certificate is valid for other names")
        case let error as BoringSSLError:
            connectionError("error reading server preface: \(error.goText)")
        case let error as IOError:
            connectionError("error reading server preface: read: \(error.goText)")
        case is ChannelError, NIOSSLError.uncleanShutdown:
            connectionError("error reading server preface: EOF")
        default:
            connectionError("transport: Error while dialing: dial tcp \(target): \(error)")
        }
    }

    private static func connectionError(_ text: String) -> String {
        #"connection error: desc = "\#(text)""#
    }

    private static func refusal(_ error: NIOConnectionError, dialing target: PeerTarget) -> String {
        guard let attempt = error.connectionErrors.last else { return "dial tcp \(target)" }
        let ip = attempt.target.ipAddress ?? target.host
        let place = ip.contains(":") ? "[\(ip)]:\(target.port)" : "\(ip):\(target.port)"
        guard let failure = attempt.error as? IOError else {
            return "dial tcp \(place): i/o timeout"
        }
        return "dial tcp \(place): connect: \(failure.goText)"
    }
}

extension IOError {
    /// The error number as Go's `syscall.Errno` prints it.
    fileprivate var goText: String { String(cString: strerror(errnoCode)).lowercased() }
}
