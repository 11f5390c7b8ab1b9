import Synchronization

/// Waits until enough replicas have taken every series of one request
/// (`fanoutForward` in pkg/receive/handler.go, 0.41).
///
/// Series that go to the same nodes get the same replies, so it counts by placement: see
/// `Distribution`. A class because replies come from many tasks.
final class QuorumRound: Sendable {
    enum Outcome: Hashable, Sendable {
        case stored
        case failed(QuorumFailure)
    }

    private struct State: Sendable {
        var tallies: [ReplyTally]
        /// Placements that still lack their quorum.
        var undecided: Int
        var missingReplies: Int
        var reasons: ReasonSet = []
        var isOutOfTime = false
        var outcome: Outcome?
        var waiters: [CheckedContinuation<Outcome, Never>] = []
    }

    private let quorum: Int
    private let state: Mutex<State>
    private let onLateFailure: @Sendable (ReplicaError) -> Void

    /// Expects one call of `succeeded` or `failed` for each of `replies`.
    ///
    /// `onLateFailure` hears of what fails when the outcome is known: Thanos logs it at debug as
    /// `request failed, but not needed to achieve quorum`.
    init(
        placements: Int, replies: Int, quorum: Int,
        onLateFailure: @escaping @Sendable (ReplicaError) -> Void
    ) {
        self.quorum = quorum
        self.onLateFailure = onLateFailure
        state = Mutex(
            State(
                tallies: Array(repeating: ReplyTally(), count: placements),
                undecided: placements, missingReplies: replies,
                outcome: placements == 0 ? .stored : nil))
    }

    /// Replicas that must take a series (`writeQuorum` in pkg/receive/handler.go).
    ///
    /// Two replicas need one only: a pair is to survive the loss of either.
    static func quorum(replicationFactor: Int, isReplicated: Bool) -> Int {
        isReplicated || replicationFactor == 2 ? 1 : replicationFactor / 2 + 1
    }

    /// A replica has taken the series of these placements.
    func succeeded(_ placements: [Int]) {
        update { state in
            for placement in placements {
                state.tallies[placement].countSuccess()
                if state.tallies[placement].successes == quorum { state.undecided -= 1 }
            }
            if state.undecided == 0 { state.outcome = .stored }
        }
    }

    /// A replica has not taken the series of these placements.
    func failed(_ placements: [Int], _ error: ReplicaError) {
        let isLate = update { state in
            for placement in placements {
                state.tallies[placement].count(error.causes)
            }
            state.reasons.formUnion(error.reasons)
            if error.causes.contains(.deadline) { state.isOutOfTime = true }
        }
        if isLate { onLateFailure(error) }
    }

    /// Enters a reply, and tells whether it came after the outcome.
    @discardableResult
    private func update(_ enter: (inout State) -> Void) -> Bool {
        let isLate = state.withLock { state in
            guard state.outcome == nil else { return true }
            enter(&state)
            state.missingReplies -= 1
            if state.outcome == nil, state.missingReplies == 0 {
                state.outcome = .failed(failure(of: state))
            }
            return false
        }
        if !isLate { wake() }
        return isLate
    }

    /// Combines all errors, also those of series that have their quorum: so does 0.41.
    private func failure(of state: State) -> QuorumFailure {
        if state.isOutOfTime { return .deadlinePassed }
        let kinds = state.tallies.lazy.map { $0.failure(quorum: self.quorum) }
        return QuorumFailure(
            kind: QuorumFailure.Kind(worstOf: kinds), message: state.reasons.text)
    }
}

extension QuorumRound {
    /// Returns as soon as every series has its quorum, else when all replies are in, or when
    /// `deadline` returns: a sleep, which ends when it is cancelled.
    func outcome(by deadline: @escaping @Sendable () async -> Void) async -> Outcome {
        if let outcome = state.withLock({ $0.outcome }) { return outcome }
        async let _ = expire(after: deadline)
        return await settled()
    }

    private func settled() async -> Outcome {
        await withCheckedContinuation { waiter in
            let outcome = state.withLock { state in
                if state.outcome == nil { state.waiters.append(waiter) }
                return state.outcome
            }
            if let outcome { waiter.resume(returning: outcome) }
        }
    }

    private func expire(after deadline: @Sendable () async -> Void) async {
        await deadline()
        state.withLock { state in
            state.outcome = state.outcome ?? .failed(.deadlinePassed)
        }
        wake()
    }

    private func wake() {
        let (outcome, waiters) = state.withLock { state in
            guard let outcome = state.outcome else { return (Outcome?.none, state.waiters) }
            defer { state.waiters = [] }
            return (outcome, state.waiters)
        }
        guard let outcome else { return }
        for waiter in waiters {
            waiter.resume(returning: outcome)
        }
    }
}
