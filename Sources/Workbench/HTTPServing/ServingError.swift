import Glibc
import NIOCore

/// Why a server could not be started.
package struct ServingError: Error, Hashable, CustomStringConvertible {
    /// What to branch on.
    package enum Code: Sendable, Hashable {
        case addressInUse
        case permissionDenied
        case addressNotAvailable
        case unresolvedHost
        case badCertificate
        case socketFailure
    }

    package let code: Code
    package let message: String

    package var description: String { message }
}

extension ServingError {
    /// Names the reason of a failed bind as `bind(2)` does.
    package init(binding address: ListenAddress, cause: any Error) {
        guard let failure = cause as? IOError else {
            self.init(
                code: cause is SocketAddressError ? .unresolvedHost : .socketFailure,
                message: "listen on \(address): \(cause)")
            return
        }
        let code: Code =
            switch failure.errnoCode {
            case EADDRINUSE: .addressInUse
            case EACCES, EPERM: .permissionDenied
            case EADDRNOTAVAIL: .addressNotAvailable
            default: .socketFailure
            }
        let reason = String(cString: strerror(failure.errnoCode)).lowercased()
        self.init(code: code, message: "listen on \(address): \(reason)")
    }
}
