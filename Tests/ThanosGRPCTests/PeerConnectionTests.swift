import HTTPServing
import Testing
import ThanosGRPC

@Suite("The connection to a peer")
struct PeerConnectionTests {
    @Test("that is refused says so as Go does, at once, and every time")
    func refused() async throws {
        let address = try await serving(ScriptedServices()) { $0 }
        let refusal = CallFailure(
            .unavailable,
            #"connection error: desc = "transport: Error while dialing: dial tcp \#(address): "#
                + #"connect: connection refused""#)
        try await withPeer("\(address)") { peer in
            for _ in 0..<5 {
                await #expect(throws: refusal) {
                    try await peer.remoteWrite([], timeout: .seconds(20))
                }
            }
        }
    }

    @Test("succeeds with the first call after the peer came back")
    func comesBack() async throws {
        let address = try await serving(ScriptedServices()) { $0 }
        try await withPeer("\(address)") { peer in
            await #expect(throws: CallFailure.self) {
                try await peer.remoteWrite([], timeout: .seconds(20))
            }
            let server = ThanosGRPCServer(address: address, services: ScriptedServices())
            for _ in 0..<3 {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    let (bound, binding) = AsyncStream<Void>.makeStream()
                    group.addTask { try await server.run { _ in binding.yield() } }
                    await bound.first { true }
                    try await peer.remoteWrite([1], timeout: .seconds(20))
                    group.cancelAll()
                    try await group.waitForAll()
                }
            }
        }
    }

    @Test("to a name that does not exist names it")
    func unknownHost() async throws {
        try await withPeer("no-such-host.invalid:10901") { peer in
            let failure = CallFailure(
                .unavailable,
                "dns: A record lookup error: lookup no-such-host.invalid: no such host")
            await #expect(throws: failure) {
                try await peer.remoteWrite([], timeout: .seconds(20))
            }
        }
    }

    @Test("asks nobody but the table for a name, where there is one")
    func tableOfNames() async throws {
        var options = PeerOptions()
        options.names = ["receiver.test": "127.0.0.1"]
        try await serving(ScriptedServices()) { [options] address in
            try await withPeer("receiver.test:\(address.port)", options) { peer in
                try await peer.remoteWrite([1], timeout: .seconds(20))
            }
        }
        try await withPeer("localhost:9", options) { peer in
            let failure = CallFailure(
                .unavailable, "dns: A record lookup error: lookup localhost: no such host")
            await #expect(throws: failure) {
                try await peer.remoteWrite([], timeout: .seconds(20))
            }
        }
    }

    @Test("that is accepted by something mute ends with the deadline")
    func mute() async throws {
        let acceptor = try MuteListener()
        await #expect(throws: CallFailure(.deadlineExceeded, "context deadline exceeded")) {
            try await withPeer("127.0.0.1:\(acceptor.port)") { peer in
                try await peer.remoteWrite([], timeout: .milliseconds(50))
            }
        }
    }

    @Test("ends a call with its deadline when the peer does not answer")
    func deadline() async throws {
        let (gate, opening) = AsyncStream<Void>.makeStream()
        let services = ScriptedServices(write: { _ in await gate.first { true } })
        try await serving(services) { address in
            try await withPeer("\(address)") { peer in
                await #expect(throws: CallFailure(.deadlineExceeded, "context deadline exceeded")) {
                    try await peer.remoteWrite([], timeout: .milliseconds(50))
                }
                opening.finish()
            }
        }
    }

    @Test("makes no calls any more once it is closed")
    func closed() async throws {
        let peer = PeerConnection(target: "127.0.0.1:9")
        await peer.close()
        await #expect(throws: CallFailure(.canceled, "grpc: the client connection is closing")) {
            try await peer.remoteWrite([], timeout: .seconds(20))
        }
    }

    @Test("gives up when its task is cancelled")
    func cancelled() async throws {
        let acceptor = try MuteListener()
        let peer = PeerConnection(target: "127.0.0.1:\(acceptor.port)")
        let failure = await withTaskGroup(of: CallFailure?.self) { group in
            group.addTask {
                do throws(CallFailure) {
                    try await peer.remoteWrite([], timeout: .seconds(600))
                    return nil
                } catch {
                    return error
                }
            }
            group.cancelAll()
            return await group.next() ?? nil
        }
        #expect(failure == CallFailure(.canceled, "context canceled"))
    }
}
