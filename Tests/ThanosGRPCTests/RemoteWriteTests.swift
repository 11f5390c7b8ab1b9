import HTTPServing
import Synchronization
import Testing
import ThanosGRPC

@Suite("Remote writes between receivers")
struct RemoteWriteTests {
    @Test("arrive as they were sent", arguments: [true, false], [0, 1, 70_000, 300_000])
    func roundTrip(compresses: Bool, size: Int) async throws {
        let message = (0..<size).map { UInt8(truncatingIfNeeded: $0 / 5 * 31) }
        let (arrivals, arrival) = AsyncStream<[UInt8]>.makeStream()
        try await serving(ScriptedServices(write: { arrival.yield($0) })) { address in
            var options = PeerOptions()
            options.compresses = compresses
            try await withPeer("\(address)", options) { peer in
                try await peer.remoteWrite(message, timeout: .seconds(20))
            }
        }
        #expect(await arrivals.first { _ in true } == message)
    }

    @Test(
        "that are refused end with the code and the text of the peer",
        arguments: [
            CallFailure(.alreadyExists, "store locally for endpoint : conflict"),
            CallFailure(.unavailable, "target not ready"),
            CallFailure(.invalidArgument, "request replica exceeds receiver replication factor"),
            CallFailure(.internal, "disk is 100% full\nübervoll"),
        ])
    func refusal(failure: CallFailure) async throws {
        let services = ScriptedServices(write: { _ throws(CallFailure) in throw failure })
        await #expect(throws: failure) {
            try await serving(services) { address in
                try await withPeer("\(address)") { peer in
                    try await peer.remoteWrite([1], timeout: .seconds(20))
                }
            }
        }
    }

    @Test("share one connection, however many are under way")
    func concurrency() async throws {
        let count = Mutex(0)
        let services = ScriptedServices(write: { _ in count.withLock { $0 += 1 } })
        try await serving(services) { address in
            try await withPeer("dns:///\(address)") { peer in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for index in 0..<100 {
                        let message = [UInt8](repeating: UInt8(index), count: index * 100)
                        group.addTask {
                            try await peer.remoteWrite(message, timeout: .seconds(20))
                        }
                    }
                    try await group.waitForAll()
                }
            }
        }
        #expect(count.withLock { $0 } == 100)
    }

    @Test("larger than the server takes are refused with its limit")
    func tooLarge() async throws {
        var limits = ServerLimits()
        limits.messageBytes = 1000
        let cases = [
            (false, "grpc: received message larger than max (1001 vs. 1000)"),
            (true, "grpc: received message after decompression larger than max 1000"),
        ]
        for (compresses, text) in cases {
            await #expect(throws: CallFailure(.resourceExhausted, text)) {
                try await serving(ScriptedServices(), limits: limits) { address in
                    var options = PeerOptions()
                    options.compresses = compresses
                    try await withPeer("\(address)", options) { peer in
                        try await peer.remoteWrite(
                            .init(repeating: 7, count: 1000), timeout: .seconds(20))
                        try await peer.remoteWrite(
                            .init(repeating: 7, count: 1001), timeout: .seconds(20))
                    }
                }
            }
        }
    }

    @Test("beyond what the server holds at once are refused, and later ones are not")
    func budget() async throws {
        var limits = ServerLimits()
        limits.bytesInFlight = 5000
        try await serving(ScriptedServices(), limits: limits) { address in
            var options = PeerOptions()
            options.compresses = false
            try await withPeer("\(address)", options) { peer in
                let refusal = CallFailure(
                    .resourceExhausted, "too many bytes of requests in flight")
                await #expect(throws: refusal) {
                    try await peer.remoteWrite(
                        .init(repeating: 7, count: 6000), timeout: .seconds(20))
                }
                for _ in 0..<10 {
                    try await peer.remoteWrite(
                        .init(repeating: 7, count: 2000), timeout: .seconds(20))
                }
            }
        }
    }
}
