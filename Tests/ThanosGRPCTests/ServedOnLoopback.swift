import HTTPServing
import ThanosGRPC

/// Runs a server on a port of its own for the time of `body`, and waits until it has stopped.
func serving<Result: Sendable>(
    _ services: some ThanosServices, security: ServerSecurity = .plaintext,
    limits: ServerLimits = ServerLimits(),
    _ body: @escaping @Sendable (ListenAddress) async throws -> Result
) async throws -> Result {
    let server = ThanosGRPCServer(
        address: ListenAddress(host: "127.0.0.1", port: 0), security: security, limits: limits,
        services: services)
    let (bound, binding) = AsyncStream<ListenAddress>.makeStream()
    return try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
            defer { binding.finish() }
            try await server.run { binding.yield($0) }
        }
        guard let address = await bound.first(where: { _ in true }) else {
            try await group.waitForAll()
            throw CallFailure(.unavailable, "the server ended before it began")
        }
        defer { group.cancelAll() }
        return try await body(address)
    }
}

/// Makes calls with a connection of their own.
func withPeer<Result: Sendable>(
    _ target: String, _ options: PeerOptions = PeerOptions(),
    _ body: (PeerConnection) async throws -> Result
) async throws -> Result {
    let peer = PeerConnection(target: target, options: options)
    do {
        let result = try await body(peer)
        await peer.close()
        return result
    } catch {
        await peer.close()
        throw error
    }
}
