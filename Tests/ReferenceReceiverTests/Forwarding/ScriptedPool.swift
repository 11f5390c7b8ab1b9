import Synchronization

@testable import ReferenceReceiver

/// A pool whose calls end, and whose time passes, when the test says so.
///
/// A class because the pool's workers report to it.
final class ScriptedPool: Sendable {
    enum Reply: Hashable, Sendable {
        case success
        case failure(ReplicaError)
    }

    /// A call that waits for its answer.
    struct Call: Sendable {
        let address: String
        let message: [UInt8]
        let timeout: Duration
        let answer: @Sendable (Result<Void, ForwardFailure>) -> Void
    }

    private struct Record: Sendable {
        var time = Duration.zero
        var events: [ForwardEvent] = []
        var calls = 0
        var replies = 0
    }

    static let cancelled = ForwardFailure(code: "Canceled", message: "context canceled")

    let pool: PeerPool
    private let recorder: Recorder

    /// What the pool's closures hold on to.
    private final class Recorder: Sendable {
        let record = Mutex(Record())
        let (calls, callStarted) = AsyncStream<Call>.makeStream()
        let (replies, replied) = AsyncStream<Reply>.makeStream()

        func call(
            _ address: String, _ message: [UInt8], _ timeout: Duration
        ) async -> Result<Void, ForwardFailure> {
            let (answers, answered) = AsyncStream<Result<Void, ForwardFailure>>.makeStream()
            record.withLock { $0.calls += 1 }
            callStarted.yield(
                Call(address: address, message: message, timeout: timeout) { answered.yield($0) })
            for await answer in answers { return answer }
            return .failure(ScriptedPool.cancelled)
        }
    }

    init(limits: PeerLine.Limits) {
        let recorder = Recorder()
        self.recorder = recorder
        pool = PeerPool(
            limits: limits,
            surroundings: PeerPool.Surroundings(
                call: { await recorder.call($0, $1, $2) },
                now: { recorder.record.withLock { $0.time } }, jitter: { 1 },
                onEvent: { event in recorder.record.withLock { $0.events.append(event) } }))
    }

    func submit(
        message: [UInt8] = [0], replica: Int = 0, isReplicated: Bool = false, at time: Double = 0,
        deadline: Double = 5
    ) {
        setTime(time)
        let recorder = recorder
        pool.submit(
            ForwardJob(
                endpoint: ReplicaErrorTests.peer, replica: replica, isReplicated: isReplicated,
                message: message, deadline: .seconds(deadline)
            ) { result in
                recorder.record.withLock { $0.replies += 1 }
                switch result {
                case .success: recorder.replied.yield(.success)
                case .failure(let error): recorder.replied.yield(.failure(error))
                }
            })
    }

    func setTime(_ seconds: Double) {
        recorder.record.withLock { $0.time = .seconds(seconds) }
    }

    func nextCall() async -> Call {
        for await call in recorder.calls { return call }
        return Call(address: "", message: [], timeout: .zero) { _ in }
    }

    func nextReply() async -> Reply {
        for await reply in recorder.replies { return reply }
        return .failure(ReplicaError(causes: [], reasons: ["cancelled"]))
    }

    var events: [ForwardEvent] { recorder.record.withLock { $0.events } }
    var callCount: Int { recorder.record.withLock { $0.calls } }
    var replyCount: Int { recorder.record.withLock { $0.replies } }
}
