import PromQL
import Testing
import TimeSeries

@Suite("The JSON of a result")
struct ResultRenderingTests {
    @Test(
        "prints samples as Go's strconv does, with an exponent only where it helps",
        arguments: [
            (0.0, "0"), (-0.0, "-0"), (1, "1"), (-1.5, "-1.5"), (0.1, "0.1"), (100, "100"),
            (123456.789, "123456.789"), (1e20, "100000000000000000000"), (1e21, "1e+21"),
            (1.5e300, "1.5e+300"), (1e-6, "0.000001"), (9.9e-7, "9.9e-07"),
            (.leastNonzeroMagnitude, "5e-324"),
            (-1e-300, "-1e-300"), (.infinity, "+Inf"), (-.infinity, "-Inf"), (.nan, "NaN"),
            (123456789012345680, "123456789012345680"),
            (0.30000000000000004, "0.30000000000000004"),
            (1700000600.123, "1700000600.123"),
        ])
    func numbers(value: Double, text: String) {
        let point = ResultPoint(timestamp: 1500, value: .float(value))
        #expect(
            json(.vector([(.empty, point)]))
                == #"{"status":"success","data":{"resultType":"vector","result":["#
                + #"{"metric":{},"value":[1.500,"\#(text)"]}]}}"#)
    }

    @Test("prints scalars and texts with a plain number of seconds")
    func scalars() {
        #expect(
            json(.scalar(Sample(timestamp: 1500, value: 1e21)))
                == #"{"status":"success","data":{"resultType":"scalar","result":"#
                + #"[1.5,"1000000000000000000000"]}}"#)
        #expect(
            json(.string(timestamp: 2000, "<\"\\\n\u{1}é\u{2028}>"))
                == #"{"status":"success","data":{"resultType":"string","result":"#
                + #"[2,"\u003c\"\\\n\u0001é\u2028\u003e"]}}"#)
    }

    @Test("prints times before 1970 and fractions of a second")
    func times() {
        let points = [-1_001, -5, 0, 7, 1_000].map {
            ResultPoint(timestamp: $0, value: .float(1))
        }
        let labels = LabelSet([SeriesLabel("b", "x"), SeriesLabel("a", "\"")])
        #expect(
            json(.matrix([(labels, points)]))
                == #"{"status":"success","data":{"resultType":"matrix","result":"#
                + #"[{"metric":{"a":"\"","b":"x"},"values":"#
                + #"[[-1.001,"1"],[-0.005,"1"],[0,"1"],[0.007,"1"],[1,"1"]]}]}}"#)
    }

    @Test("prints histograms with borders of their own")
    func customBuckets() {
        let histogram = NativeHistogram(
            layout: HistogramLayout(
                schema: -53, zeroThreshold: 0,
                positiveSpans: [BucketSpan(offset: 0, length: 3)], customValues: [0.5, 2]),
            sum: 3.5,
            counts: .float(FloatCounts(count: 4, zeroCount: 0, positive: [1, 2, 1])))
        let point = ResultPoint(timestamp: 0, value: .histogram(histogram))
        #expect(
            json(.vector([(.empty, point)])).contains(
                #""histogram":[0,{"count":"4","sum":"3.5","buckets":[[0,"-Inf","0.5","1"],"#
                    + #"[0,"0.5","2","2"],[0,"2","+Inf","1"]]}]"#))
    }

    @Test("survives histograms whose spans lie", arguments: [Int32.min, -5, 0, 8, 9, .max])
    func lyingSpans(schema: Int32) {
        let spans = Array(repeating: BucketSpan(offset: .max, length: .max), count: 3)
        let histogram = NativeHistogram(
            layout: HistogramLayout(
                schema: schema, zeroThreshold: .nan, positiveSpans: spans, negativeSpans: spans),
            sum: .nan,
            counts: .integer(
                IntegerCounts(
                    count: .max, zeroCount: 1, positiveDeltas: [.max, .max, .min],
                    negativeDeltas: [1])))
        let point = ResultPoint(timestamp: 0, value: .histogram(histogram))
        #expect(json(.vector([(.empty, point)])).hasSuffix("}}"))
    }

    @Test("prints errors")
    func errors() {
        #expect(
            String(decoding: QueryError(.internalError, "a \"b\"").json, as: UTF8.self)
                == #"{"status":"error","errorType":"internal","error":"a \"b\""}"#)
    }

    private func json(_ result: QueryResult) -> String {
        String(decoding: result.json, as: UTF8.self)
    }
}
