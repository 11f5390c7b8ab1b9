import HTTPServing
import Synchronization

/// Answers its share of the writes with an error, evenly spread: of 503:0.25 every fourth.
///
/// A class because all requests take turns in it.
final class StatusTurns: Sendable {
    private struct Turn {
        let share: StatusShare
        /// What is owed, in millionths of an answer.
        var debt = 0
    }

    private let turns: Mutex<[Turn]>

    /// Nil without shares, which add up to 1 at most.
    init?(_ shares: [StatusShare]) {
        guard !shares.isEmpty else { return nil }
        turns = Mutex(shares.map { Turn(share: $0) })
    }

    /// The answer that it is the turn of; nil when the write is to be treated properly.
    func next() -> ServedResponse? {
        let code = turns.withLock { turns -> Int? in
            for index in turns.indices { turns[index].debt += turns[index].share.millionths }
            guard let due = turns.firstIndex(where: { $0.debt >= StatusShare.whole }) else {
                return nil
            }
            turns[due].debt -= StatusShare.whole
            return turns[due].share.code
        }
        return code.map { GoResponse.error($0, GoResponse.statusText($0)) }
    }
}
