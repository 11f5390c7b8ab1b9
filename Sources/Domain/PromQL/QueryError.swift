/// Why a query has no answer, as the HTTP API of Prometheus tells it.
package struct QueryError: Error, Hashable, Sendable {
    /// The API's error types, each with its own status code.
    package enum Kind: String, Hashable, Sendable {
        case badData = "bad_data"
        case execution
        case internalError = "internal"

        package var httpStatus: Int {
            switch self {
            case .badData: 400
            case .execution: 422
            case .internalError: 500
            }
        }
    }

    package let kind: Kind
    package let message: String

    package init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }
}

extension QueryError {
    /// A fault at a byte of the query, counted from 0 (`ParseErr` in Prometheus' promql/parser).
    static func parse(_ message: String, at offset: Int, in text: [UInt8]) -> QueryError {
        let before = text.prefix(offset)
        let line = before.count { $0 == UInt8(ascii: "\n") } + 1
        let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        let column = before.count - lineStart + 1
        return QueryError(.badData, "\(line):\(column): parse error: \(message)")
    }

    /// What Prometheus would answer and we do not.
    static func unsupported(_ what: String) -> QueryError {
        QueryError(.badData, unsupportedMessage(what))
    }

    static func unsupportedMessage(_ what: String) -> String {
        "not supported by the reference receiver: \(what)"
    }

    static let sameLabelSet = QueryError(
        .execution, "vector cannot contain metrics with the same labelset")

    static let tooManySamples = QueryError(
        .execution, "query processing would load too many samples into memory in query execution")
}
