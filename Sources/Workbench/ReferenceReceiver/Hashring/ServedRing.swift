import Hashrings
import Synchronization

/// The rings that writes are looked up in.
enum ServedRing: Sendable {
    /// No hashring is configured: the receiver is its own only node.
    case singleNode
    case rings(MultiHashring)
}

/// The ring in use; none while the receiver is not ready for writes.
///
/// A class because the start installs it while requests are answered.
final class InstalledRing: Sendable {
    private let state = Mutex<ServedRing?>(nil)

    var current: ServedRing? { state.withLock { $0 } }

    func install(_ ring: ServedRing?) {
        state.withLock { $0 = ring }
    }
}
