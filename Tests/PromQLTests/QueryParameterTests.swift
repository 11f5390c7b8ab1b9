import PromQL
import Testing

@Suite("The parameters of a query")
struct QueryParameterTests {
    @Test(
        "say a time in seconds or as a date",
        arguments: [
            ("1700000600", "1700000600"), ("1.7000006e9", "1700000600"), ("-1.5", "-1.5"),
            ("1700000600.1234", "1700000600.123"), ("2023-11-14T22:23:20Z", "1700000600"),
            ("2023-11-14T22:23:20.5Z", "1700000600.5"),
            ("2023-11-14T23:53:20.123456789+01:30", "1700000600.123"),
            ("2023-11-14T20:23:20-02:00", "1700000600"), ("2024-02-29T00:00:00Z", "1709164800"),
            ("1969-12-31T23:59:59Z", "-1"), ("2000-02-29T12:00:00Z", "951825600"),
            ("1900-03-01T00:00:00Z", "-2203891200"), ("0001-01-01T00:00:00Z", "-62135596800"),
        ])
    func times(text: String, seconds: String) {
        #expect(answer(["time": text]).contains("[\(seconds),"), "\(answer(["time": text]))")
    }

    @Test(
        "are refused when they are no time",
        arguments: [
            "abc", "NaN", "Inf", "1e300", "2023-13-01T00:00:00Z", "2023-02-29T00:00:00Z",
            "2023-11-14T24:00:00Z", "2023-11-14T22:60:00Z", "2023-11-14T22:23:20", "2023-11-14",
            "2023-11-14T22:23:20.Z", "2023-11-14T22:23:20+1:00", "2023-11-14T22:23:20Zx",
            "1900-02-29T00:00:00Z", "2023-11-14 22:23:20Z",
        ])
    func noTimes(text: String) {
        #expect(
            answer(["time": text]).contains(
                #"invalid parameter \"time\": Invalid time value for 'time': cannot parse"#))
    }

    @Test("take the present for a missing time")
    func now() {
        #expect(answer([:]).contains("[42,"))
        #expect(answer(["time": ""]).contains("[42,"))
    }

    @Test(
        "say a step in seconds or as a duration",
        arguments: [("15", 5), ("15s", 5), ("1m", 2), ("1e9", 1), ("2.5e1", 3), ("292y", 1)])
    func steps(step: String, count: Int) {
        let answer = QueryAPI.range(
            ["query": "1", "start": "0", "end": "60", "step": step], in: RecordedSeries.shared)
        let points = String(decoding: answer.json, as: UTF8.self).ranges(of: #""1"]"#)
        #expect(points.count == count)
    }

    @Test("are refused when they are no step", arguments: ["NaN", "1x", "Inf", "300y", "-5", "0s"])
    func noSteps(step: String) {
        let answer = QueryAPI.range(
            ["query": "1", "start": "0", "end": "60", "step": step], in: RecordedSeries.shared)
        #expect(answer.status == 400)
        #expect(
            String(decoding: answer.json, as: UTF8.self).contains(#"invalid parameter \"step\""#))
    }

    private func answer(_ parameters: [String: String]) -> String {
        let query = parameters.merging(["query": "1"]) { $1 }
        return String(
            decoding: QueryAPI.instant(query, now: 42_000, in: RecordedSeries.shared).json,
            as: UTF8.self)
    }
}
