import Synchronization

/// The memory that writes in flight may take together; beyond it they are turned away.
///
/// A class because all requests draw from one purse.
final class WriteBudget: Sendable {
    private let available: Mutex<Int>

    init(bytes: Int) {
        available = Mutex(bytes)
    }

    /// Takes bytes if there are as many left.
    func take(_ bytes: Int) -> Bool {
        available.withLock { available in
            guard available >= bytes else { return false }
            available -= bytes
            return true
        }
    }

    func giveBack(_ bytes: Int) {
        available.withLock { $0 += bytes }
    }
}
