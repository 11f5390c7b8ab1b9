import NIOCore
import NIOPosix

/// Runs work to its end although the caller's task may be cancelled: what a server still has to do
/// after it was told to stop.
///
/// A child task would be cancelled with the caller, so the work belongs to an event loop instead.
package func shielded<Value: Sendable>(
    orElse fallback: Value, _ work: @escaping @Sendable () async -> Value
) async -> Value {
    let future = MultiThreadedEventLoopGroup.singleton.next().makeFutureWithTask(work)
    return (try? await future.get()) ?? fallback
}
