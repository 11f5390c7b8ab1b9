import Glibc

/// A thread for waits that Swift's own threads must not be held by.
enum WatchThread {
    /// Starts a thread for the work; false when the system has none left.
    static func start(_ work: @escaping @Sendable () -> Void) -> Bool {
        let argument = Unmanaged.passRetained(Work(work))
        var thread = pthread_t()
        let code = pthread_create(
            &thread, nil,
            { argument in
                guard let argument else { return nil }
                Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().run()
                return nil
            }, argument.toOpaque())
        guard code == 0 else {
            argument.release()
            return false
        }
        pthread_detach(thread)
        return true
    }

    /// A class because a thread takes one pointer.
    private final class Work: Sendable {
        let run: @Sendable () -> Void

        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }
}
