import Testing

@testable import HTTPServing

@Suite("Stopping while clients come")
struct StopRaceTests {
    @Test("a connection that arrives while the server stops is closed, and nothing else ends")
    func race() async throws {
        for _ in 0..<500 {
            let (bound, binding) = AsyncStream<ListenAddress>.makeStream()
            await withTaskGroup(of: Void.self) { group in
                group.addTask {
                    try? await serve(
                        ServerOptions(
                            address: ListenAddress(host: "127.0.0.1", port: 0), gracePeriod: .zero),
                        onBound: { binding.yield($0) }
                    ) { _ in ServedResponse(status: 200) }
                    binding.finish()
                }
                guard let address = await bound.first(where: { _ in true }) else { return }
                // In the queue of the kernel at least when the server is told to stop.
                let peers = (0..<6).compactMap { _ in try? Peer(address) }
                group.cancelAll()
                await group.waitForAll()
                withExtendedLifetime(peers) {}
            }
        }
    }
}
