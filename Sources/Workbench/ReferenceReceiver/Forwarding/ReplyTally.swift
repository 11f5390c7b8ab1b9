/// What the replicas of the same series have answered so far.
struct ReplyTally: Sendable {
    private(set) var successes = 0
    private var conflicts = 0
    private var notReady = 0
    private var unavailable = 0

    mutating func countSuccess() {
        successes += 1
    }

    mutating func count(_ causes: ReplicaError.Causes) {
        if causes.contains(.conflict) { conflicts += 1 }
        if causes.contains(.notReady) { notReady += 1 }
        if causes.contains(.unavailable) { unavailable += 1 }
    }

    /// The most frequent cause if it alone has a quorum; of equal ones the first in this order
    /// (`replicationErrors.Cause` in pkg/receive/handler.go).
    func failure(quorum: Int) -> QuorumFailure.Kind {
        let most = max(conflicts, notReady, unavailable)
        guard most >= quorum else { return .unknown }
        if conflicts == most { return .conflict }
        return notReady == most ? .notReady : .unavailable
    }
}

extension QuorumFailure.Kind {
    /// Over all series what can be repeated goes first (`writeErrors.Cause` in the same file).
    init(worstOf kinds: some Sequence<QuorumFailure.Kind>) {
        let seen = Set(kinds)
        self = [.unavailable, .notReady, .conflict].first(where: seen.contains) ?? .unknown
    }
}
