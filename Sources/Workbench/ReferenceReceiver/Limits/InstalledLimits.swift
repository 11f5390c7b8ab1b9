import Synchronization

/// The limits in use, and how many writes are being handled.
///
/// A class because a reload replaces them while requests are answered.
final class InstalledLimits: Sendable {
    private let limits: Mutex<WriteLimits>

    init(_ limits: WriteLimits) {
        self.limits = Mutex(limits)
    }

    var current: WriteLimits { limits.withLock { $0 } }

    func install(_ newer: WriteLimits) {
        limits.withLock { $0 = newer }
    }
}
