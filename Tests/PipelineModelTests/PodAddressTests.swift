import PipelineModel
import Testing

@Suite("Names of pods in a hashring")
struct PodAddressTests {
    @Test(
        "A name is taken apart",
        arguments: [
            ("receiver-0", ["receiver-0", nil, nil, nil]),
            ("receiver-0.receiver", ["receiver-0", "receiver", nil, nil]),
            ("receiver-0.receiver.monitoring", ["receiver-0", "receiver", "monitoring", nil]),
            ("receiver-0.receiver.monitoring.svc", ["receiver-0", "receiver", "monitoring", nil]),
            (
                "receiver-0.receiver.monitoring.svc.cluster.local",
                ["receiver-0", "receiver", "monitoring", "cluster.local"]
            ),
            (
                "receiver-0.receiver.monitoring.svc.cluster.local.",
                ["receiver-0", "receiver", "monitoring", "cluster.local"]
            ),
        ] as [(String, [String?])])
    func takesNamesApart(host: String, parts: [String?]) throws {
        let address = try #require(PodAddress(host: host))
        #expect([address.pod, address.service, address.namespace, address.domain] == parts)
    }

    @Test(
        "What is no pod's name is refused",
        arguments: [
            "", ".", "receiver.monitoring.svc", "receiver.monitoring.svc.cluster.local",
            "10.0.0.7", "fd00::7", "receive.west.example.com", "a..b",
        ])
    func refusesOtherNames(host: String) {
        #expect(PodAddress(host: host) == nil)
    }

    @Test(
        "An ordinal is a whole number behind the StatefulSet's name",
        arguments: [
            ("receiver-0", 0), ("receiver-12", 12), ("receiver-01", nil), ("receiver-", nil),
            ("receiver--1", nil), ("receiver-x", nil), ("receiver", nil), ("other-0", nil),
            ("receiver-99999999999999999999", nil),
        ] as [(String, Int?)])
    func readsOrdinals(pod: String, ordinal: Int?) {
        #expect(PodAddress(host: pod)?.ordinal(in: "receiver") == ordinal)
    }
}
