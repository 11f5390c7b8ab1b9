import CurlHTTP
import FoundationEssentials
import IncidentLab
import LoopbackServer
import Testing

@Suite("A receiver whose certificate has expired", .timeLimit(.minutes(1)))
struct ExpiredCertificateTests {
    @Test("speaks TLS on the remote-write port, with a certificate that was good until yesterday")
    func validity() async throws {
        let network = try LabNetwork()
        let data = try TemporaryFolder()
        let node = ReceiverNode(
            address: network.address(11), folder: data.path, flags: ["--fault=tls-expired"])
        let response = try await node.running {
            try await CurlClient().send(
                HTTPRequest(
                    .get, "https://\(node.address):\(node.writePort)/",
                    tls: TLSOptions(skipsVerification: true)))
        }
        #expect(response.status == 404)
        let validity = try #require(response.certificate?.validity)
        let age = Date().timeIntervalSince1970 - Double(validity.notAfter)
        #expect((86_399..<86_500).contains(age))
        withExtendedLifetime(network) {}
    }
}
