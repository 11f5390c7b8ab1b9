/// The seam to the network: libcurl in production, a script in tests.
package protocol HTTPTransport: Sendable {
    /// Makes one exchange; a status of 500 is an answer, not a failure.
    func send(_ request: HTTPRequest) async throws(TransportFailure) -> HTTPResponse
}
