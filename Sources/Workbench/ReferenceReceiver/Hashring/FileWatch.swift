import Glibc

/// An inotify watch on one file, with the blind spot that Thanos' has: it follows the file that
/// stood behind the path when it was set up, and sees nothing any more once that one is gone.
///
/// So the first swap of a ConfigMap's `..data` is noticed at once, and every later one only by
/// looking from time to time (fsnotify's inotify backend, pkg/receive/config.go).
///
/// A class because it owns a descriptor.
final class FileWatch: Sendable {
    /// What fsnotify asks inotify for.
    private static let events =
        UInt32(IN_MOVED_TO) | UInt32(IN_MOVED_FROM) | UInt32(IN_CREATE) | UInt32(IN_ATTRIB)
        | UInt32(IN_MODIFY) | UInt32(IN_MOVE_SELF) | UInt32(IN_DELETE) | UInt32(IN_DELETE_SELF)

    /// Becomes readable when something happened.
    let descriptor: CInt

    /// Fails with the reason in the words of the system when the file cannot be watched.
    init(_ path: String, shown: String) throws(LocalFiles.Failure) {
        descriptor = inotify_init1(CInt(IN_CLOEXEC | IN_NONBLOCK))
        guard descriptor >= 0 else {
            throw LocalFiles.Failure(operation: "watch", path: shown, code: errno)
        }
        guard inotify_add_watch(descriptor, path, Self.events) >= 0 else {
            // The descriptor is closed by `deinit`, which runs although there is an error.
            throw LocalFiles.Failure(operation: "watch", path: shown, code: errno)
        }
    }

    deinit { close(descriptor) }

    /// Takes what happened so far; what it was does not matter, as the file is read again.
    func drain() {
        var events = [UInt8](repeating: 0, count: 4096)
        while read(descriptor, &events, events.count) > 0 {}
    }
}
