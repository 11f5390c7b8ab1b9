import Glibc

/// Why files could not be read or written, in the words of Go's `os` package.
package struct StorageError: Error, Hashable, Sendable {
    /// The call that failed as Go names it: `open`, `write`, `mkdir`.
    package let operation: String
    package let path: String
    package let reason: String

    package init(_ operation: String, _ path: String, reason: String) {
        self.operation = operation
        self.path = path
        self.reason = reason
    }

    /// Takes the reason from `errno`.
    init(_ operation: String, _ path: String) {
        self.init(operation, path, reason: Self.text(errno))
    }

    /// As Go prints a `PathError`: `write wal/00000000: no space left on device`.
    package var message: String { "\(operation) \(path): \(reason)" }

    /// Go's own table is in lower case, and differs in little from strerror's.
    private static func text(_ code: Int32) -> String {
        String(cString: strerror(code)).lowercased()
    }
}
