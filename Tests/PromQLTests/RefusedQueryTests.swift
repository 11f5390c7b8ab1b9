import PromQL
import Testing

@Suite("Queries that are refused")
struct RefusedQueryTests {
    @Test(
        "name what the reference receiver does not support",
        arguments: [
            ("histogram_quantile(0.9, up)", "1:1", #"function "histogram_quantile""#),
            (
                "1 + label_replace(up, \"a\", \"b\", \"c\", \"d\")", "1:5",
                #"function "label_replace""#
            ),
            ("topk(1, up)", "1:1", #"aggregation "topk""#),
            ("up * on(job) group_left up", "1:14", #"modifier "group_left""#),
            ("up @ 5", "1:4", #"modifier "@""#),
            ("up[5m:1m]", "1:6", "subqueries"),
            ("1 atan2 2", "1:3", #"operator "atan2""#),
        ])
    func unsupported(query: String, place: String, what: String) {
        let error = #expect(throws: QueryError.self) { try Query(parsing: query) }
        #expect(error?.kind == .badData)
        #expect(
            error?.message
                == "\(place): parse error: not supported by the reference receiver: \(what)")
    }

    @Test("show a broken pattern as Prometheus 3 does")
    func brokenPattern() {
        let error = #expect(throws: QueryError.self) { try Query(parsing: #"up{job=~"("}"#) }
        #expect(
            error?.message == "1:4: parse error: error parsing regexp: missing closing ): `(`")
    }

    @Test(
        "are nested too deeply",
        arguments: [
            String(repeating: "(", count: 10_000) + "1" + String(repeating: ")", count: 10_000),
            String(repeating: "-", count: 10_000) + "1",
            "1" + String(repeating: " + 1", count: 5_000),
            "2" + String(repeating: " ^ 2", count: 5_000),
            String(repeating: "abs(", count: 5_000) + "up" + String(repeating: ")", count: 5_000),
        ])
    func depth(query: String) {
        let error = #expect(throws: QueryError.self) { try Query(parsing: query) }
        #expect(error?.message.hasSuffix("nested deeper than 200 levels") == true)
    }

    @Test("are too long or ask for too much at once")
    func size() {
        let long = "up" + String(repeating: " ", count: 40_000)
        #expect(throws: QueryError.self) { try Query(parsing: long) }
        let patterns = Array(repeating: #"a=~"x.*""#, count: 101).joined(separator: ",")
        #expect(throws: QueryError.self) { try Query(parsing: "{\(patterns)}") }
    }

    /// The first limit is too small for the samples, the second for looking at them often.
    @Test("need more samples than they may", arguments: [400, 2_000])
    func samples(limit: Int) throws {
        let query = try Query(parsing: "sum(rate(http_requests_total[5m]))")
        let error = #expect(throws: QueryError.self) {
            try query.evaluate(
                from: 1_700_000_000_000, through: 1_700_001_200_000, step: 1000,
                in: RecordedSeries.shared, sampleLimit: limit)
        }
        #expect(error?.kind == .execution)
        #expect(
            error?.message
                == "query processing would load too many samples into memory in query execution")
    }

    @Test(
        "are asked for times that no sum could hold",
        arguments: [
            (Int64.min, Int64.max, Int64(1)), (0, .max, .max), (.min, .min, 1), (5, 4, 1),
            (0, 1, 0), (0, 1, -1), (0, 11_001, 1),
        ])
    func times(start: Int64, end: Int64, step: Int64) throws {
        let query = try Query(parsing: "up offset 290y")
        #expect(throws: QueryError.self) {
            try query.evaluate(
                from: start, through: end, step: step, in: RecordedSeries.shared)
        }
    }

    @Test(
        "would calculate with native histograms",
        arguments: [
            "sum(native)": #"aggregation "sum""#, "native * 2": #"operator "*""#,
            "native > native": #"operator ">""#, "rate(native[5m])": #"function "rate""#,
            "-native": #"unary "-""#, "abs(native)": #"function "abs""#,
        ])
    func histograms(query: String, context: String) throws {
        let error = #expect(throws: QueryError.self) {
            try Query(parsing: query).evaluate(at: 1_700_000_600_000, in: RecordedSeries.shared)
        }
        #expect(
            error?.message
                == "not supported by the reference receiver: native histograms in \(context)")
    }
}
