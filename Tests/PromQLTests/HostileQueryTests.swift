import PromQL
import TestSupport
import Testing

@Suite("Whatever is sent as a query")
struct HostileQueryTests {
    @Test("has an answer or an error, at every truncation of a good one")
    func truncations() {
        for text in Set(RecordedQuery.all.compactMap { $0.parameters["query"] }) {
            for length in 0..<text.count { evaluate(String(text.prefix(length))) }
        }
    }

    @Test("has an answer or an error, in any order of words")
    func wordSoup() {
        let words = [
            "up", "sum", "by", "(", ")", "{", "}", "[", "]", "5m", "1", "-", "+", "^", "==", "bool",
            "on", "job", ",", "\"a\"", "offset", "rate", "and", "NaN", "=~", "\"(\"", ":", "!=",
            "0x", "1e999", "'", "`", "\\", "é", "#", "\n", "@", "group_left", "http_requests_total",
            "time", "without", "\u{0}", "9999999999999999999y", "= \"api\"",
        ]
        var seed = SeededNumbers(seed: 41)
        for _ in 0..<5_000 {
            let count = Int.random(in: 1...12, using: &seed)
            let text = (0..<count).map { _ in words.randomElement(using: &seed) ?? "" }
            evaluate(text.joined(separator: Bool.random(using: &seed) ? " " : ""))
        }
    }

    @Test("may be as deep as is allowed", arguments: ["(", "-", "abs(", "sum("])
    func depth(opening: String) throws {
        let levels = 190
        let closing = opening.hasSuffix("(") ? ")" : ""
        let text =
            String(repeating: opening, count: levels) + "up"
            + String(repeating: closing, count: levels)
        _ = try Query(parsing: text).evaluate(at: 1_700_000_600_000, in: RecordedSeries.shared)
    }

    private func evaluate(_ query: String) {
        let answer = QueryAPI.instant(
            ["query": query, "time": "1700000600"], now: 0, in: RecordedSeries.shared)
        #expect([200, 400, 422].contains(answer.status), "\(query)")
    }
}
