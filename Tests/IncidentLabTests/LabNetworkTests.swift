import Testing

@testable import IncidentLab

@Suite("Networks of the lab")
struct LabNetworkTests {
    @Test(
        "traffic goes nowhere but to loopback",
        arguments: ["10.1.2.3", "central.example.com", "127.example.com", "[2001:db8::1]"])
    func staysHere(host: String) async throws {
        let stage = try StageDescription(
            IncidentFiles(texts: [
                "stage.yaml": "traffic: {url: \"http://\(host)/api/v1/receive\", expect: \"200\"}"
            ]))
        let outcome = await SyntheticWrite(traffic: try #require(stage.traffic)).outcome()
        #expect(outcome.hasSuffix("is not on loopback"), "\(outcome)")
    }

    @Test("two runs at a time have two networks, both on loopback")
    func distinct() throws {
        let first = try LabNetwork()
        let second = try LabNetwork()
        let prefixes = [first.prefix, second.prefix]
        #expect(Set(prefixes).count == 2)
        for prefix in prefixes {
            #expect(prefix.wholeMatch(of: /127\.\d{2,3}\.\d{1,3}\./) != nil, "\(prefix)")
        }
        #expect(first.address(11) == first.prefix + "11")
    }
}
