/// One request as the server hands it out; its body is read only when asked for.
package struct ServedRequest: Sendable {
    package let method: String
    /// Percent-decoded, without the query.
    package let path: String
    /// As it stood on the wire, without the query.
    package let rawPath: String
    package let rawQuery: String
    /// Percent-decoded pairs, order kept.
    package let query: [(name: String, value: String)]
    package let headers: ServedHeaders
    /// `address:port` of the peer.
    package let remoteAddress: String?
    /// Who the peer has proved to be.
    package let client: ClientIdentity
    private let source: BodySource

    private enum BodySource: Sendable {
        case memory([UInt8])
        case connection(IncomingBody)
    }

    /// A request without a connection, for tests and in-process callers.
    package init(
        method: String = "GET",
        target: String,
        headers: [(name: String, value: String)] = [],
        remoteAddress: String? = nil,
        client: ClientIdentity = .unencrypted,
        body: [UInt8] = []
    ) {
        self.init(
            method: method, target: target, headers: ServedHeaders(headers),
            remoteAddress: remoteAddress, client: client, source: .memory(body))
    }

    init(
        method: String,
        target: String,
        headers: ServedHeaders,
        remoteAddress: String?,
        client: ClientIdentity,
        body: IncomingBody
    ) {
        self.init(
            method: method, target: target, headers: headers, remoteAddress: remoteAddress,
            client: client, source: .connection(body))
    }

    private init(
        method: String,
        target: String,
        headers: ServedHeaders,
        remoteAddress: String?,
        client: ClientIdentity,
        source: BodySource
    ) {
        let parts = RequestTarget(target)
        self.method = method
        path = parts.path
        rawPath = parts.rawPath
        rawQuery = parts.rawQuery
        query = parts.query
        self.headers = headers
        self.remoteAddress = remoteAddress
        self.client = client
        self.source = source
    }

    /// The first value of a query parameter.
    package func query(_ name: String) -> String? {
        query.first { $0.name == name }?.value
    }

    /// The declared length of the body, when there is one and it is a number.
    package var contentLength: Int? {
        headers["Content-Length"].flatMap(Int.init)
    }

    /// Reads the whole body, once; a second call finds it `truncated`.
    ///
    /// A declared length above `limit` is refused before any memory is taken.
    package func body(limit: Int) async throws(BodyError) -> [UInt8] {
        if let contentLength, contentLength > limit {
            throw .tooLarge(limit: limit)
        }
        switch source {
        case .memory(let bytes):
            guard bytes.count <= limit else { throw .tooLarge(limit: limit) }
            return bytes
        case .connection(let body):
            return try await body.read(limit: limit).get()
        }
    }
}

/// Why a request body could not be had.
package enum BodyError: Error, Hashable {
    /// More bytes than the limit were declared or sent.
    case tooLarge(limit: Int)
    /// The client went away, or was too slow, before the end.
    case truncated
}
