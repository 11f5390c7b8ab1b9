import Synchronization

/// Carries the wish for a request's body to the connection's task, and the bytes back.
///
/// The inbound iterator belongs to that task alone, so a responder on another task asks for it.
/// ```
/// idle ──read──▶ wanted ──take──▶ reading ──deliver──▶ served
///   └──────────────── finish ──────────────────▶ finished
/// ```
final class BodyExchange: Sendable {
    typealias Outcome = Result<[UInt8], BodyError>

    /// One call of `read`, to be answered exactly once.
    struct Demand: Sendable {
        let limit: Int
        let answer: CheckedContinuation<Outcome, Never>
    }

    private enum State {
        case idle
        case connectionWaits(CheckedContinuation<Demand?, Never>)
        case wanted(Demand)
        case served
        case finished
    }

    private let state = Mutex(State.idle)

    /// Called by the responder.
    func read(limit: Int) async -> Outcome {
        await withCheckedContinuation { answer in
            let demand = Demand(limit: limit, answer: answer)
            let waiting: CheckedContinuation<Demand?, Never>? = state.withLock { state in
                switch state {
                case .idle:
                    state = .wanted(demand)
                    return nil
                case .connectionWaits(let connection):
                    state = .served
                    return connection
                case .wanted, .served, .finished:
                    answer.resume(returning: .failure(.truncated))
                    return nil
                }
            }
            waiting?.resume(returning: demand)
        }
    }

    /// Called by the connection: the next demand, or nil when the response is ready.
    func nextDemand() async -> Demand? {
        await withCheckedContinuation { connection in
            let ready: Demand?? = state.withLock { state in
                switch state {
                case .idle, .served:
                    state = .connectionWaits(connection)
                    return nil
                case .wanted(let demand):
                    state = .served
                    return .some(demand)
                case .finished, .connectionWaits:
                    return .some(nil)
                }
            }
            if let ready {
                connection.resume(returning: ready)
            }
        }
    }

    /// Called when the responder has returned.
    func finish() {
        let (connection, demand) = state.withLock { state in
            defer { state = .finished }
            return switch state {
            case .connectionWaits(let connection):
                (Optional(connection), Demand?.none)
            case .wanted(let demand):
                (nil, Optional(demand))
            case .idle, .served, .finished:
                (nil, nil)
            }
        }
        connection?.resume(returning: nil)
        demand?.answer.resume(returning: .failure(.truncated))
    }
}
