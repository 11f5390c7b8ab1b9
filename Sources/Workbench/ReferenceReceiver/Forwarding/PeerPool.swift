import Synchronization

/// Carries writes to the other nodes, some at a time for each, and spares those that are down
/// (`peerGroup` in pkg/receive/handler.go).
///
/// A class because every request hands it jobs while its workers take them.
final class PeerPool: Sendable {
    /// What the pool needs from outside.
    struct Surroundings: Sendable {
        let call: ForwardCall
        /// Time since any fixed moment; it never goes back.
        let now: @Sendable () -> Duration
        /// A random number from 0 to 1.
        let jitter: @Sendable () -> Double
        let onEvent: @Sendable (ForwardEvent) -> Void
    }

    private struct State: Sendable {
        var lines: [PeerEndpoint: PeerLine] = [:]
        var backOffs: [PeerEndpoint: PeerBackOff] = [:]
        var isClosed = false
    }

    /// What becomes of a job that is handed in.
    private enum Admission {
        case queued
        case needsWorker
        case refused(ReplicaError)
    }

    private let surroundings: Surroundings
    private let limits: PeerLine.Limits
    private let longestBackOff: Duration
    private let state = Mutex(State())
    private let (workerRequests, requestWorker) = AsyncStream<PeerEndpoint>.makeStream()

    init(
        limits: PeerLine.Limits = PeerLine.Limits(), longestBackOff: Duration = .seconds(5),
        surroundings: Surroundings
    ) {
        self.limits = limits
        self.longestBackOff = longestBackOff
        self.surroundings = surroundings
    }

    /// Works until it is cancelled; jobs that wait then fail, calls on their way are cancelled.
    ///
    /// A worker lives while its peer's line has jobs, so peers that leave the ring leave nothing.
    func run() async {
        await withDiscardingTaskGroup { group in
            for await endpoint in workerRequests {
                group.addTask { await self.work(for: endpoint) }
            }
            close()
        }
    }

    /// Hands a job in; it is completed at once when its peer is backed off or has too many.
    func submit(_ job: ForwardJob) {
        let now = surroundings.now()
        switch state.withLock({ admit(job, at: now, &$0) }) {
        case .queued: break
        case .needsWorker: requestWorker.yield(job.endpoint)
        case .refused(let error): job.completion(.failure(error))
        }
    }

    /// Forgets who was unavailable, as Thanos does when the ring changes.
    func reset() {
        state.withLock { $0.backOffs = [:] }
    }

    private func admit(_ job: ForwardJob, at now: Duration, _ state: inout State) -> Admission {
        let (endpoint, replica) = (job.endpoint, job.replica)
        guard !state.isClosed else { return .refused(ReplicaError(calling: endpoint, .closing)) }
        if let backOff = state.backOffs[endpoint], !backOff.allowsCall(at: now) {
            return .refused(.backingOff(endpoint, replica: replica))
        }
        let entry = PeerLine.Entry(job: job, since: now)
        switch state.lines[endpoint, default: PeerLine()].append(entry, limits: limits) {
        case nil: return .refused(.overloaded(endpoint, replica: replica))
        case true?: return .needsWorker
        case false?: return .queued
        }
    }

    private func close() {
        let abandoned = state.withLock { state in
            state.isClosed = true
            return state.lines.keys.flatMap { state.lines[$0]?.removeAll() ?? [] }
        }
        for job in abandoned {
            job.completion(.failure(ReplicaError(calling: job.endpoint, .closing)))
        }
    }
}

extension PeerPool {
    private func work(for endpoint: PeerEndpoint) async {
        while let entry = next(for: endpoint) {
            let job = entry.job
            let started = surroundings.now()
            surroundings.onEvent(.waited(started - entry.since))
            let result = await perform(job, timeout: job.deadline - started)
            finish(job, with: result)
            job.completion(result.mapError { ReplicaError(calling: endpoint, $0) })
        }
    }

    private func next(for endpoint: PeerEndpoint) -> PeerLine.Entry? {
        state.withLock { state in
            let entry = state.lines[endpoint]?.next()
            if state.lines[endpoint]?.isIdle == true { state.lines[endpoint] = nil }
            return entry
        }
    }

    private func perform(
        _ job: ForwardJob, timeout: Duration
    ) async -> Result<Void, ForwardFailure> {
        guard timeout > .zero else { return .failure(.deadlineExceeded) }
        return await surroundings.call(job.endpoint.address, job.message, timeout)
    }

    /// Counts a call before anyone hears of it, and draws the conclusions for the next one.
    private func finish(_ job: ForwardJob, with result: Result<Void, ForwardFailure>) {
        let (now, jitter) = (surroundings.now(), surroundings.jitter())
        state.withLock { state in
            state.lines[job.endpoint]?.finished(job)
            switch result {
            case .success:
                state.backOffs[job.endpoint] = nil
            case .failure(let failure) where failure.code == "Unavailable":
                state.backOffs[job.endpoint, default: PeerBackOff(longest: longestBackOff)]
                    .failed(at: now, jitter: jitter)
            case .failure: break
            }
        }
        switch result {
        case .success:
            surroundings.onEvent(.called(isSuccess: true, isReplicated: job.isReplicated))
        // Thanos counts a conflict neither as success nor as error.
        case .failure(let failure) where failure.code == "AlreadyExists": break
        case .failure:
            surroundings.onEvent(.called(isSuccess: false, isReplicated: job.isReplicated))
        }
    }
}
