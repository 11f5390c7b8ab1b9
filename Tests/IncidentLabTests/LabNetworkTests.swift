import IncidentLab
import Testing

@Suite("Networks of the lab")
struct LabNetworkTests {
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
