/// Why a bucket could not be set up or used, in the words of Thanos and its S3 client.
package struct ObjectStoreError: Error, Sendable, Hashable {
    package enum Code: String, Sendable, Hashable {
        /// The configuration file cannot be used.
        case configuration
        case notFound
        case noSuchBucket
        case accessDenied
        /// The server answered with some other error.
        case refused
        /// No answer came back.
        case unreachable
        case cancelled
        /// A local file or the directory of a directory store.
        case file
        case tooLarge
    }

    package var code: Code
    /// The cause, then what was wrapped around it, as Go's `%+v` prints them.
    package private(set) var texts: [String]

    package init(_ code: Code, _ cause: String) {
        self.code = code
        texts = [cause]
    }

    package func wrapped(_ text: String) -> ObjectStoreError {
        var error = self
        error.texts.append(text)
        return error
    }

    /// Go's `%v`: the outermost wrap first, on one line.
    package var message: String { texts.reversed().joined(separator: ": ") }
}

extension ObjectStoreError: CustomStringConvertible {
    package var description: String { message }
}
