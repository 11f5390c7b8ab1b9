import Synchronization
import Testing

@testable import ReferenceReceiver

@Suite("A quorum round")
struct QuorumRoundTests {
    /// One replica's reply.
    enum Reply: Sendable {
        case stored, conflict, notReady, unavailable, backedOff, broken, late

        var error: ReplicaError? {
            switch self {
            case .stored: nil
            case .conflict: .called("AlreadyExists")
            case .notReady: ReplicaError(causes: .notReady, reasons: ["TSDB not ready"])
            case .unavailable: .called("Unavailable")
            case .backedOff: .backingOff(ReplicaErrorTests.peer, replica: 1)
            case .broken: .called("Internal")
            case .late: .called("DeadlineExceeded")
            }
        }
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let replies: [Reply]
        /// 200 for a request that is stored.
        let status: Int

        init(_ replies: Reply..., status: Int) {
            self.replies = replies
            self.status = status
        }

        var testDescription: String { "\(replies) is \(status)" }
    }

    @Test(
        "combines replies as 0.41 does",
        arguments: [
            Row(.stored, .stored, .stored, status: 200),
            Row(.stored, .unavailable, .stored, status: 200),
            Row(.stored, .conflict, .conflict, status: 409),
            Row(.stored, .conflict, .unavailable, status: 500),
            Row(.stored, .unavailable, .unavailable, status: 503),
            Row(.conflict, .unavailable, .unavailable, status: 503),
            Row(.conflict, .conflict, .unavailable, status: 409),
            Row(.broken, .broken, .broken, status: 500),
            Row(.conflict, .conflict, .conflict, status: 409),
            // Unavailable from gRPC counts for either of the two classes.
            Row(.stored, .notReady, .unavailable, status: 503),
            Row(.stored, .backedOff, .unavailable, status: 503),
            Row(.stored, .notReady, .backedOff, status: 500),
            Row(.broken, status: 500),
            Row(.conflict, status: 409),
            Row(.unavailable, status: 503),
            Row(.stored, status: 200),
            Row(.stored, .unavailable, status: 200),
            Row(.unavailable, .unavailable, status: 503),
            Row(.conflict, .unavailable, status: 409),
            Row(.conflict, .backedOff, status: 409),
            Row(.stored, .stored, .stored, .broken, .broken, status: 200),
            Row(.stored, .stored, .conflict, .conflict, .conflict, status: 409),
            Row(.stored, .stored, .unavailable, .conflict, .conflict, status: 500),
            Row(.stored, .conflict, .late, status: 500),
        ])
    func combines(row: Row) async {
        let round = QuorumRound.of(factor: row.replies.count)
        for reply in row.replies { round.reply(reply, for: [0]) }
        #expect(await round.outcomeNow().status == row.status)
    }

    @Test(
        "needs the replicas that Thanos needs",
        arguments: zip([1, 2, 3, 4, 5], [1, 1, 2, 3, 3]))
    func quorum(factor: Int, quorum: Int) {
        #expect(QuorumRound.quorum(replicationFactor: factor, isReplicated: false) == quorum)
        #expect(QuorumRound.quorum(replicationFactor: factor, isReplicated: true) == 1)
    }

    @Test("is stored before the last replica has answered, and reports its failure as late")
    func early() async {
        let late = Mutex<[String]>([])
        let round = QuorumRound(placements: 1, replies: 3, quorum: 2) { error in
            late.withLock { $0.append(error.text) }
        }
        round.succeeded([0])
        round.succeeded([0])
        #expect(await round.outcomeNow() == .stored)
        round.failed([0], .backingOff(ReplicaErrorTests.peer, replica: 2))
        #expect(
            late.withLock { $0 } == [
                ReplicaError.backingOff(ReplicaErrorTests.peer, replica: 2).text
            ])
    }

    @Test("needs a quorum for every series")
    func everySeries() async {
        let round = QuorumRound.of(factor: 3, placements: 2, replies: 4)
        round.succeeded([0, 1])
        round.succeeded([0])
        round.reply(.unavailable, for: [1])
        round.reply(.unavailable, for: [1, 0])
        #expect(await round.outcomeNow().status == 503)
    }

    @Test(
        "tells the sender to come again rather than of a conflict",
        arguments: [
            ([.conflict, .unavailable], 503), ([.conflict, .broken], 409), ([.broken, .late], 500),
        ] as [([Reply], Int)])
    func overSeries(replies: [Reply], status: Int) async {
        let round = QuorumRound.of(factor: 1, placements: replies.count, replies: replies.count)
        for (placement, reply) in replies.enumerated() { round.reply(reply, for: [placement]) }
        #expect(await round.outcomeNow().status == status)
    }

    @Test("lists every distinct reason once, also of series that are stored")
    func reasons() async {
        let round = QuorumRound.of(factor: 1, placements: 3, replies: 4)
        round.succeeded([0])
        round.failed([1], ReplicaError(causes: .conflict, reasons: ["b", "a"]))
        round.failed([2], ReplicaError(causes: .conflict, reasons: ["b"]))
        round.failed([0], ReplicaError(causes: [], reasons: ["c"]))
        #expect(
            await round.outcomeNow()
                == .failed(QuorumFailure(kind: .conflict, message: "3 errors: a; b; c")))
    }

    @Test("waits for the replies that it needs")
    func waits() async {
        let round = QuorumRound.of(factor: 1)
        async let outcome = round.outcome { await untilCancelled() }
        round.succeeded([0])
        #expect(await outcome == .stored)
    }

    @Test("fails when the time is over")
    func deadline() async {
        let round = QuorumRound.of(factor: 3)
        round.succeeded([0])
        #expect(await round.outcome {} == .failed(.deadlinePassed))
        #expect(QuorumFailure.deadlinePassed.message == "context deadline exceeded")
        #expect(QuorumFailure.deadlinePassed.status == 500)
    }

    @Test("does not wait in a task that is cancelled")
    func cancelled() async {
        let round = QuorumRound.of(factor: 3)
        await withTaskGroup(of: QuorumRound.Outcome.self) { group in
            group.addTask { await round.outcome { await untilCancelled() } }
            group.cancelAll()
            #expect(await group.next() == .failed(.deadlinePassed))
        }
    }

    @Test("answers a request without series at once")
    func empty() async {
        #expect(await QuorumRound.of(factor: 3, placements: 0, replies: 0).outcomeNow() == .stored)
    }
}

extension QuorumRound {
    static func of(factor: Int, placements: Int = 1, replies: Int? = nil) -> QuorumRound {
        QuorumRound(
            placements: placements, replies: replies ?? factor,
            quorum: quorum(replicationFactor: factor, isReplicated: false)
        ) { _ in }
    }

    func reply(_ reply: QuorumRoundTests.Reply, for placements: [Int]) {
        if let error = reply.error { failed(placements, error) } else { succeeded(placements) }
    }

    /// The outcome of a round that has it already.
    func outcomeNow() async -> Outcome {
        await outcome { Issue.record("the round still waits") }
    }
}

extension QuorumRound.Outcome {
    var status: Int {
        switch self {
        case .stored: 200
        case .failed(let failure): failure.status
        }
    }
}

extension ReplicaError {
    static func called(_ code: String) -> ReplicaError {
        ReplicaError(
            calling: ReplicaErrorTests.peer, ForwardFailure(code: code, message: "why"))
    }
}

/// A sleep of which nobody sees the end.
func untilCancelled() async {
    for await _ in AsyncStream<Never>.makeStream().stream {}
}
