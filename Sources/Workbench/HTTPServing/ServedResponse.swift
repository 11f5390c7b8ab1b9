/// One answer: the headers go out as given, in the order given.
///
/// `Content-Length` is added when the body has a length and the caller named none.
package struct ServedResponse: Sendable {
    package var status: Int
    package var headers: [(String, String)]
    package var body: Body
    /// Ends the connection after this answer; with a longer `Content-Length` the answer is cut off.
    package var closesConnection: Bool
    /// Nothing is sent and the connection ends, as when a handler of Go's `net/http` panics.
    package private(set) var isWithheld = false

    /// What follows the head.
    package enum Body: Sendable {
        case bytes([UInt8])
        /// Written one after the other without being joined in memory first.
        case segments([[UInt8]])
        /// Sent as it comes, for watches and followed logs.
        case stream(AsyncStream<[UInt8]>)
    }

    package init(
        status: Int,
        headers: [(String, String)] = [],
        body: Body = .bytes([]),
        closesConnection: Bool = false
    ) {
        self.status = status
        self.headers = headers
        self.body = body
        self.closesConnection = closesConnection
    }

    /// No answer at all: the client sees the connection end.
    package static var withheld: ServedResponse {
        var response = ServedResponse(status: 0)
        response.isWithheld = true
        return response
    }

    /// The first value of a header, looked up without regard to case.
    package func header(_ name: String) -> String? {
        headers.first { ServedHeaders.same($0.0, name) }?.1
    }
}

extension ServedResponse.Body {
    /// The number of bytes, where it is known beforehand.
    package var length: Int? {
        switch self {
        case .bytes(let bytes): bytes.count
        case .segments(let segments): segments.reduce(0) { $0 + $1.count }
        case .stream: nil
        }
    }
}
