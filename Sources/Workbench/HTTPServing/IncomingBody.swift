import NIOCore
import Synchronization

/// The body of one request: gathered by the event loop, handed to whoever asks.
///
/// A class because the two meet here. Until somebody asks, only what came along with the head is
/// held, and the client is asked for nothing more.
final class IncomingBody: Sendable {
    typealias Outcome = Result<[UInt8], BodyError>

    /// One wish for the body, answered exactly once.
    private struct Reader {
        let limit: Int
        /// Nil for one who only wants the body out of the way.
        var bytes: [UInt8]?
        var count = 0
        let answer: CheckedContinuation<Outcome, Never>

        /// False for the first buffer that goes beyond the limit.
        mutating func take(_ buffer: ByteBuffer) -> Bool {
            guard buffer.readableBytes <= limit - count else { return false }
            count += buffer.readableBytes
            buffer.withUnsafeReadableBytes { bytes?.append(contentsOf: $0) }
            return true
        }
    }

    private struct State {
        var held: [ByteBuffer] = []
        var reader: Reader?
        var wasAskedFor = false
        var isAtEnd = false
        var isBroken = false
    }

    /// Memory reserved on the word of a client that has not sent as much yet.
    private static let reservation = 1 << 20

    /// Whether the client waits for `100 Continue` before it sends anything.
    let expectsContinue: Bool
    private let declaredLength: Int
    /// Asks the client for more.
    private let onDemand: @Sendable () -> Void
    private let state = Mutex(State())

    /// A length that was not declared is 0.
    init(
        declaredLength: Int, expectsContinue: Bool, onDemand: @escaping @Sendable () -> Void
    ) {
        self.declaredLength = declaredLength
        self.expectsContinue = expectsContinue
        self.onDemand = onDemand
    }
}

/// What the responder's side does.
extension IncomingBody {
    /// Reads to the end, or to the first byte beyond the limit; a second call finds nothing.
    func read(limit: Int) async -> Outcome {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(min(declaredLength, limit, Self.reservation))
        return await finish(limit: limit, bytes: bytes)
    }

    /// Skips what was left unread; false when it is more than the limit, or will not come.
    func drain(limit: Int) async -> Bool {
        let (isAtEnd, wasAskedFor) = state.withLock { ($0.isAtEnd, $0.wasAskedFor) }
        guard !isAtEnd else { return true }
        guard wasAskedFor || !expectsContinue, declaredLength <= limit else { return false }
        return (try? await finish(limit: limit, bytes: nil).get()) != nil
    }

    private func finish(limit: Int, bytes: [UInt8]?) async -> Outcome {
        await withTaskCancellationHandler {
            await withCheckedContinuation { answer in
                start(Reader(limit: limit, bytes: bytes, answer: answer))
            }
        } onCancel: {
            breakOff()
        }
    }

    private func start(_ reader: Reader) {
        var reader = reader
        let outcome = state.withLock { state -> Outcome? in
            let mayAsk = reader.bytes == nil || !state.wasAskedFor
            guard state.reader == nil, mayAsk else { return .failure(.truncated) }
            state.wasAskedFor = true
            for buffer in state.held where !reader.take(buffer) {
                state.held = []
                return .failure(.tooLarge(limit: reader.limit))
            }
            state.held = []
            if state.isAtEnd { return .success(reader.bytes ?? []) }
            if state.isBroken { return .failure(.truncated) }
            state.reader = reader
            return nil
        }
        // Go asks with `100 Continue` even if the client did not wait for it.
        if outcome == nil || expectsContinue { onDemand() }
        if let outcome { reader.answer.resume(returning: outcome) }
    }
}

/// What the event loop's side does.
extension IncomingBody {
    /// Whether what follows may be read from the client.
    var isWanted: Bool {
        state.withLock { $0.isAtEnd || $0.isBroken || $0.reader != nil }
    }

    func append(_ buffer: ByteBuffer) {
        settle { state in
            guard state.reader != nil else {
                // What comes after an overrun is nobody's.
                if !state.wasAskedFor { state.held.append(buffer) }
                return nil
            }
            guard state.reader?.take(buffer) == false else { return nil }
            return .failure(.tooLarge(limit: state.reader?.limit ?? 0))
        }
    }

    /// The last byte came.
    func end() {
        settle { state in
            state.isAtEnd = true
            return .success(state.reader?.bytes ?? [])
        }
    }

    /// The rest will not come.
    func breakOff() {
        settle { state in
            state.isBroken = true
            return .failure(.truncated)
        }
    }

    /// Answers the reader, if there is one, with what the change leads to.
    private func settle(_ change: (inout sending State) -> Outcome?) {
        let settled = state.withLock { state -> (Reader, Outcome)? in
            guard let outcome = change(&state), let reader = state.reader else { return nil }
            state.reader = nil
            return (reader, outcome)
        }
        settled?.0.answer.resume(returning: settled?.1 ?? .failure(.truncated))
    }
}
