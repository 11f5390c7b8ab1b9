import Glibc

/// Runs calls that block, such as those on files, on a thread that is nobody else's.
package enum BlockingWork {
    private final class Job: Sendable {
        let run: @Sendable () -> Void

        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    /// The value of a blocking call; the caller waits without holding a thread of its own.
    package static func value<Value: Sendable>(
        _ work: @escaping @Sendable () -> Value
    ) async -> Value {
        await withCheckedContinuation { continuation in
            start(Job { continuation.resume(returning: work()) })
        }
    }

    /// As above, for a call that may fail.
    package static func value<Value: Sendable, Failure: Error>(
        throwing work: @escaping @Sendable () throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        try await value {
            do throws(Failure) {
                return Result<Value, Failure>.success(try work())
            } catch {
                return .failure(error)
            }
        }.get()
    }

    private static func start(_ job: Job) {
        let argument = Unmanaged.passRetained(job)
        var thread = pthread_t()
        let code = pthread_create(
            &thread, nil,
            { argument in
                guard let argument else { return nil }
                Unmanaged<Job>.fromOpaque(argument).takeRetainedValue().run()
                return nil
            }, argument.toOpaque())
        guard code == 0 else {
            // No thread to be had: rather late than never.
            argument.release()
            job.run()
            return
        }
        pthread_detach(thread)
    }
}
