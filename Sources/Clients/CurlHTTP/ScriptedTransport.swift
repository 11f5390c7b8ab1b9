import Synchronization

/// A transport that answers from a script and remembers what was asked; the double in tests.
package final class ScriptedTransport: HTTPTransport {
    package enum Reply: Sendable {
        case response(HTTPResponse)
        case failure(TransportFailure)
        /// Says nothing until the caller gives up.
        case silence
    }

    /// One expected request, by method and the end of its URL, and the reply to it, used once.
    package struct Exchange: Sendable {
        package var method: HTTPRequest.Method
        package var urlSuffix: String
        package var reply: Reply

        package init(
            _ method: HTTPRequest.Method = .get, _ urlSuffix: String, _ reply: Reply
        ) {
            self.method = method
            self.urlSuffix = urlSuffix
            self.reply = reply
        }
    }

    private struct State {
        var pending: [Exchange]
        var requests: [HTTPRequest] = []
        var unexpected: [String] = []
    }

    private let state: Mutex<State>

    package init(_ exchanges: [Exchange]) {
        state = Mutex(State(pending: exchanges))
    }

    /// Replies nobody asked for: a test that leaves some has not tested what it says.
    package var unused: [Exchange] { state.withLock { $0.pending } }
    /// Requests that no exchange matched, as `METHOD URL`.
    package var unexpected: [String] { state.withLock { $0.unexpected } }
    package var requests: [HTTPRequest] { state.withLock { $0.requests } }

    package func send(_ request: HTTPRequest) async throws(TransportFailure) -> HTTPResponse {
        switch take(request) {
        case .response(var response):
            if response.body.count > request.maxBodyBytes {
                response.body.removeLast(response.body.count - request.maxBodyBytes)
                response.isTruncated = true
            }
            return response
        case .failure(let failure): throw failure
        case .silence:
            do {
                try await Task.sleep(for: request.timeouts.total)
            } catch {
                throw TransportFailure(.cancelled, "the request was cancelled")
            }
            throw TransportFailure(
                .timedOut(after: .connect), "no answer from \(request.url)", phase: .connect)
        case nil:
            throw TransportFailure(
                .invalidRequest,
                "the script has no reply for \(request.method.rawValue) \(request.url)")
        }
    }

    private func take(_ request: HTTPRequest) -> Reply? {
        state.withLock { state in
            state.requests.append(request)
            let index = state.pending.firstIndex {
                $0.method == request.method && request.url.hasSuffix($0.urlSuffix)
            }
            guard let index else {
                state.unexpected.append("\(request.method.rawValue) \(request.url)")
                return nil
            }
            return state.pending.remove(at: index).reply
        }
    }
}
