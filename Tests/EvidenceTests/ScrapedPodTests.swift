import Evidence
import KubernetesModel
import MetricsText
import Testing

@Suite("Rates of a pod's counters")
struct ScrapedPodTests {
    private let pod = ObjectReference(kind: "Pod", namespace: "n", name: "receiver-0")

    private func page(_ text: String) -> MetricsPage {
        MetricsReader.page(text, families: ["a", "b"])
    }

    private func twice(_ first: String, _ later: String) -> ScrapedPod {
        ScrapedPod(pod: pod, page: page(first), later: page(later), seconds: 10)
    }

    @Test(
        "count what came between two looks",
        arguments: [
            ("a 5\n", "a 25\n", 2.0),
            ("a 5\n", "a 5\n", 0),
            // It began meanwhile.
            ("b 1\n", "a 30\n", 3),
            // It was reset: what it has counted since is all that is known.
            ("a 500\n", "a 10\n", 1),
            (
                "a{code=\"200\"} 5\na{code=\"500\"} 1\n", "a{code=\"200\"} 5\na{code=\"500\"} 3\n",
                0.2
            ),
        ])
    func twoLooks(first: String, later: String, rate: Double) {
        #expect(twice(first, later).rate("a") == rate)
    }

    @Test("are unknown of what was seen once, or not at all")
    func unknown() {
        #expect(ScrapedPod(pod: pod, page: page("a 5\n")).rate("a") == nil)
        #expect(twice("a 5\n", "b 5\n").rate("a") == nil)
    }

    @Test("narrow down to labels")
    func labels() {
        let pod = twice(
            "a{code=\"200\"} 5\na{code=\"500\"} 1\n", "a{code=\"200\"} 5\na{code=\"500\"} 21\n")
        #expect(pod.rate("a", where: ["code": "500"]) == 2)
        #expect(pod.rate("a", where: ["code": "200"]) == 0)
        #expect(pod.sum("a", where: ["code": "500"]) == 21)
    }

    @Test("divide by another counter only while that one moves")
    func ratios() {
        #expect(twice("a 0\nb 0\n", "a 30\nb 10\n").ratio("a", to: "b") == 3)
        #expect(twice("a 0\nb 10\n", "a 30\nb 10\n").ratio("a", to: "b") == nil)
    }

    @Test("of a Prometheus count only where every span of time has them, and the smallest")
    func history() {
        var remembered = twice("a 0\n", "a 1000\n")
        remembered.history = CounterHistory(
            url: "http://127.0.0.1:9090",
            spans: [
                CounterHistory.Span(seconds: 3600, increases: page("a 7200\nb 3600\n")),
                CounterHistory.Span(seconds: 300, increases: page("a 30\n")),
            ])
        #expect(remembered.rate("a") == 0.1)
        // The last five minutes do not know it: the two looks do not either.
        #expect(remembered.rate("b") == nil)
        #expect(remembered.ratio("a", to: "b") == nil)
    }
}
