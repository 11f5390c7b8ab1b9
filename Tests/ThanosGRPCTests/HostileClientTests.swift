import HTTPServing
import NIOCore
import NIOPosix
import Testing
import ThanosGRPC

@Suite("A server")
struct HostileClientTests {
    /// The preface of HTTP/2 and an empty SETTINGS frame.
    private static let preface = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8) + frame(4)

    private static func frame(
        _ type: UInt8, flags: UInt8 = 0, stream: UInt8 = 0, _ payload: [UInt8] = []
    )
        -> [UInt8]
    {
        [0, 0, UInt8(payload.count), type, flags, 0, 0, 0, stream] + payload
    }

    private func send(_ bytes: [UInt8], to address: ListenAddress) async throws {
        let channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .connect(host: address.host, port: address.port).get()
        try? await channel.writeAndFlush(ByteBuffer(bytes: bytes))
        try? await channel.close()
    }

    @Test(
        "survives what is not HTTP/2, is cut off, or breaks its rules", arguments: [true, false])
    func garbage(speaksTLS: Bool) async throws {
        let security =
            speaksTLS
            ? ServerSecurity.tls(try TLSIdentity.selfSigned(hosts: ["127.0.0.1"]).identity)
            : .plaintext
        let inputs: [[UInt8]] = [
            [], [0x16, 3, 1, 0, 5, 1, 0, 0, 1, 0], Array("GET / HTTP/1.1\r\n\r\n".utf8),
            Self.preface, Self.preface + [0xFF, 0xFF, 0xFF, 1, 4, 0, 0, 0, 1],
            Self.preface + Self.frame(1, flags: 5, stream: 1, [0x82]),
            Self.preface + Self.frame(1, flags: 4, stream: 1, [0x83, 0x86, 0x84]),
            Self.preface + Self.frame(1, flags: 4, stream: 1, [0xFF, 0xFF, 0xFF, 0xFF, 0xFF]),
            Self.preface + Self.frame(0, stream: 1, [1, 2, 3])
                + Self.frame(3, stream: 9, [0, 0, 0, 8]),
            Self.preface + Self.frame(8, [0x7F, 0xFF, 0xFF, 0xFF]) + Self.frame(7, [0]),
        ]
        try await serving(ScriptedServices(), security: security) { address in
            for input in inputs {
                try await send(input, to: address)
            }
            var options = PeerOptions()
            options.tls = speaksTLS ? .init() : nil
            options.tls?.skipsVerification = true
            try await withPeer("\(address)", options) { peer in
                try await peer.remoteWrite([1], timeout: .seconds(20))
            }
        }
    }

    @Test("stops in time with silent connections, and with those that are just coming in")
    func stopping() async throws {
        var limits = ServerLimits()
        limits.gracePeriod = .milliseconds(10)
        for _ in 0..<100 {
            try await serving(ScriptedServices(), limits: limits) { address in
                let bootstrap = ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
                let dials = (0..<6).map { _ in
                    bootstrap.connect(host: address.host, port: address.port)
                }
                _ = try await dials[0].get()
            }
        }
    }

    @Test("turns away connections beyond its limit, and takes them again later")
    func connectionLimit() async throws {
        var limits = ServerLimits()
        limits.connections = 1
        try await serving(ScriptedServices(), limits: limits) { address in
            let first = PeerConnection(target: "\(address)")
            try await first.remoteWrite([1], timeout: .seconds(20))
            try await withPeer("\(address)") { second in
                await #expect(throws: CallFailure.self) {
                    try await second.remoteWrite([1], timeout: .seconds(20))
                }
                await first.close()
            }
        }
    }
}
