import Synchronization

/// Bytes of requests that a server holds at once, all streams together.
///
/// A class because all streams draw on the same budget.
final class InboundBytes: Sendable {
    private let limit: Int
    private let held = Mutex(0)

    init(limit: Int) {
        self.limit = limit
    }

    /// Whether so many more may be held; they are counted if so.
    func take(_ count: Int) -> Bool {
        held.withLock { held in
            guard count <= limit - held else { return false }
            held += count
            return true
        }
    }

    func giveBack(_ count: Int) {
        held.withLock { $0 -= count }
    }
}
