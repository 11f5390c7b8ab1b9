/// Serves HTTP/1.1 until the calling task is cancelled, then stops gracefully and returns.
///
/// `onBound` is told the address with the real port. Every request is answered by `respond`, on a
/// task of its own; when the grace period is over those tasks are cancelled.
package func serve(
    _ options: ServerOptions,
    onBound: @escaping @Sendable (ListenAddress) async -> Void = { _ in },
    respond: @escaping @Sendable (ServedRequest) async -> ServedResponse
) async throws(ServingError) {
    try await HTTPServer(options: options, respond: respond).run(onBound: onBound)
}
