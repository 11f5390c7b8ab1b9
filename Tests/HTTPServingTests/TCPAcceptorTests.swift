import HTTPServing
import Testing

@Suite("a TCP port without a protocol")
struct TCPAcceptorTests {
    @Test("accepts, and ends connections as told", arguments: TCPAcceptor.Behaviour.allCases)
    func accepts(behaviour: TCPAcceptor.Behaviour) async throws {
        let (bound, binding) = AsyncStream<ListenAddress>.makeStream()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { binding.finish() }
                try await TCPAcceptor.run(
                    ListenAddress(host: "127.0.0.1", port: 0), behaviour: behaviour,
                    onBound: { binding.yield($0) })
            }
            let address = try #require(await bound.first { _ in true })
            let peer = try Peer(address)
            // Held until the acceptor stops, so the stop has to come first.
            if behaviour == .holdsSilently {
                try peer.send("hello")
                group.cancelAll()
            }
            #expect(try await peer.readToEnd().text == "")
            group.cancelAll()
            try await group.waitForAll()
        }
    }

    @Test("issues certificates for names and addresses")
    func issuesCertificates() throws {
        let (identity, authority) = try TLSIdentity.selfSigned(hosts: ["127.0.0.1", "lab.test"])
        #expect(identity.certificateChainPEM.hasPrefix("-----BEGIN CERTIFICATE-----"))
        #expect(identity.privateKeyPEM.hasPrefix("-----BEGIN PRIVATE KEY-----"))
        #expect(authority != identity.certificateChainPEM)
    }

    @Test("refuses a certificate that is none")
    func refusesBadCertificates() async {
        let options = ServerOptions(
            address: ListenAddress(host: "127.0.0.1", port: 0),
            tls: TLSIdentity(certificateChainPEM: "x", privateKeyPEM: "y"))
        await #expect {
            try await serve(options) { _ in ServedResponse(status: 200) }
        } throws: { error in
            (error as? ServingError)?.code == .badCertificate
        }
    }
}
