import Evidence
import Testing

@testable import Gathering

@Suite("Probes of an address that the user typed")
struct ProbePlanTests {
    private static let all = [
        "remoteWrite http://127.0.0.9:19291/api/v1/receive",
        "healthy http://127.0.0.9:10902/-/healthy", "ready http://127.0.0.9:10902/-/ready",
    ]

    private static func items(_ urls: [String]) -> [String] {
        ProbePlan(endpoints: urls).items.map { "\($0.purpose) \($0.endpoint)" }
    }

    @Test(
        "the port says what is asked",
        arguments: [
            ("http://127.0.0.9", all), ("http://127.0.0.9/", all), ("http://127.0.0.9:19291", all),
            ("http://127.0.0.9:10902", Array(all.dropFirst())),
            ("http://127.0.0.9:8080", ["remoteWrite http://127.0.0.9:8080/api/v1/receive"]),
            ("http://127.0.0.9:8080/x", ["remoteWrite http://127.0.0.9:8080/x"]),
            (
                "https://[::1]:19291",
                [
                    "remoteWrite https://[::1]:19291/api/v1/receive",
                    "healthy https://[::1]:10902/-/healthy", "ready https://[::1]:10902/-/ready",
                ]
            ),
        ])
    func purposes(url: String, items: [String]) {
        #expect(Self.items([url]) == items)
    }

    @Test("nothing is asked twice")
    func once() {
        #expect(Self.items(["http://127.0.0.9", "http://127.0.0.9:10902"]) == Self.all)
    }

    @Test(
        "what is no address is refused with what to write",
        arguments: ["nonsense", "", "::", "ftp://127.0.0.9", "http://", "http://:80"])
    func refused(url: String) {
        #expect(EndpointGatherer.problem(with: url)?.contains("write http://HOST:PORT") == true)
    }
}
