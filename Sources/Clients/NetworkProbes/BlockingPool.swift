import Glibc
import Synchronization

/// Threads for system calls that block, so that Swift's cooperative pool never does.
///
/// A call that outlives its deadline keeps its thread until the system lets go of it (a name
/// lookup may take half a minute); the caller gets `nil` in time, and the number of threads is
/// bounded.
final class BlockingPool: Sendable {
    static let shared = BlockingPool(limit: 16)

    private struct State {
        var jobs: [@Sendable () -> Void] = []
        var threads = 0
    }

    private let limit: Int
    private let state = Mutex(State())

    init(limit: Int) { self.limit = limit }

    /// The value of a blocking call, or `nil` at the deadline or when the task is cancelled.
    func value<Value: Sendable>(
        within duration: Duration, _ work: @escaping @Sendable () -> Value
    ) async -> Value? {
        let box = OneShot<Value?>()
        submit { box.put(work()) }
        return await withTaskGroup(of: Value?.self) { group in
            group.addTask { await box.take(ifCancelled: nil) }
            group.addTask {
                try? await Task.sleep(for: duration)
                return nil
            }
            let first = await group.next()
            group.cancelAll()
            return first ?? nil
        }
    }

    private func submit(_ job: @escaping @Sendable () -> Void) {
        let needsThread = state.withLock { state in
            state.jobs.append(job)
            guard state.threads < limit else { return false }
            state.threads += 1
            return true
        }
        guard needsThread else { return }
        let argument = Unmanaged.passRetained(self)
        var thread = pthread_t()
        let code = pthread_create(
            &thread, nil,
            { argument in
                guard let argument else { return nil }
                Unmanaged<BlockingPool>.fromOpaque(argument).takeRetainedValue().drain()
                return nil
            }, argument.toOpaque())
        guard code == 0 else {
            // The job waits for another thread, or for its deadline.
            argument.release()
            state.withLock { $0.threads -= 1 }
            return
        }
        pthread_detach(thread)
    }

    /// Runs jobs until there are none; a later job starts a new thread.
    private func drain() {
        while true {
            let job = state.withLock { state -> (@Sendable () -> Void)? in
                guard !state.jobs.isEmpty else {
                    state.threads -= 1
                    return nil
                }
                return state.jobs.removeFirst()
            }
            guard let job else { return }
            job()
        }
    }
}

/// A value that is put once, by a thread, and taken once, by a task.
final class OneShot<Value: Sendable>: Sendable {
    private enum State {
        case empty
        case waiting(CheckedContinuation<Value, Never>)
        case full(Value)
        case done
    }

    private let state = Mutex(State.empty)

    /// Later values are dropped.
    func put(_ value: Value) {
        let continuation = state.withLock { state -> CheckedContinuation<Value, Never>? in
            switch state {
            case .empty:
                state = .full(value)
                return nil
            case .waiting(let continuation):
                state = .done
                return continuation
            case .full, .done: return nil
            }
        }
        continuation?.resume(returning: value)
    }

    func take(ifCancelled value: Value) async -> Value {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let ready = state.withLock { state -> Value? in
                    guard case .full(let value) = state else {
                        state = .waiting(continuation)
                        return nil
                    }
                    state = .done
                    return value
                }
                if let ready { continuation.resume(returning: ready) }
            }
        } onCancel: {
            put(value)
        }
    }
}
