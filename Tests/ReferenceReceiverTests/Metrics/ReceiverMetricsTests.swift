import HTTPServing
import Testing

@testable import ReferenceReceiver

@Suite("Metrics")
struct ReceiverMetricsTests {
    private let metrics = ReceiverMetrics()

    private func lines(_ prefix: String) -> [String] {
        metrics.render().split(separator: "\n").map(String.init).filter { $0.hasPrefix(prefix) }
    }

    @Test("escapes what a client puts into a label")
    func escapes() {
        metrics.set(.hashringNodes, [("name", "a\"b\\c\nd")], to: 1)
        #expect(lines("thanos") == [#"thanos_receive_hashring_nodes{name="a\"b\\c\nd"} 1"#])
    }

    @Test("orders label sets by bytes, and takes labels in any order")
    func orders() {
        for tenant in ["b", "a", "ä", "B"] {
            metrics.add(to: .writeLimits, [("tenant", tenant), ("limit", "series")])
        }
        metrics.add(2, to: .writeLimits, [("limit", "series"), ("tenant", "a")])
        #expect(
            lines("thanos") == [
                #"thanos_receive_write_limits{limit="series",tenant="B"} 1"#,
                #"thanos_receive_write_limits{limit="series",tenant="a"} 3"#,
                #"thanos_receive_write_limits{limit="series",tenant="b"} 1"#,
                #"thanos_receive_write_limits{limit="series",tenant="ä"} 1"#,
            ])
    }

    @Test("keeps no more label sets than a family may have, and goes on counting those")
    func limits() {
        let limit = ReceiverMetrics.labelSetLimit
        for tenant in 0..<(limit + 5) {
            metrics.add(to: .hashringNodes, [("name", String(tenant))])
        }
        metrics.add(to: .hashringNodes, [("name", "0")])
        #expect(lines("thanos").count == limit)
        #expect(lines("thanos").contains(#"thanos_receive_hashring_nodes{name="0"} 2"#))
    }

    @Test("puts observations into buckets, bounds included")
    func histograms() {
        for number in [10.0, 10.5, 20_000] { metrics.observe(number, in: .writeSamples) }
        let counts = lines("thanos_receive_write_samples_bucket").map {
            $0.split(separator: " ")[1]
        }
        #expect(counts == ["1", "2", "2", "2", "2", "2", "2", "3"])
        #expect(lines("thanos_receive_write_samples_sum").first?.hasSuffix(" 20020.5") == true)
    }

    @Test("tells quantiles of the newest observations only")
    func summaries() {
        for number in 1...2000 { metrics.observe(number, in: .tsdbWALFsyncDurationSeconds) }
        let quantiles = lines("prometheus_tsdb_wal_fsync_duration_seconds{").map {
            $0.split(separator: " ")[1]
        }
        #expect(quantiles == ["1751", "1951", "1996"])
        #expect(
            lines("prometheus_tsdb_wal_fsync_duration_seconds_count").first?.hasSuffix(" 2000")
                == true)
    }

    @Test("asks collectors at every scrape, and believes them rather than what was counted")
    func collectors() {
        metrics.showTSDB(of: "a")
        let series = ReceiverMetrics().series(.tsdbHeadSeries)
        metrics.collect { $0.set(.tsdbHeadSeries, [("tenant", "a")], to: series.value.number) }
        for number in [7.0, 8] {
            series.set(to: number)
            #expect(
                lines("prometheus_tsdb_head_series{")
                    == [#"prometheus_tsdb_head_series{tenant="a"} \#(Int(number))"#])
        }
    }

    @Test("counts a request with its sizes once it is answered")
    func requests() async throws {
        let requests = RequestMetrics(metrics)
        let request = ServedRequest(
            method: "POST", target: "/api/v1/receive",
            headers: [("Host", "receive"), ("Content-Length", "100")])
        for status in [200, 200, 409] {
            let response = await requests.track(request, handler: "receive", tenant: "a") {
                #expect(lines("http_inflight_requests").first?.hasSuffix(" 1") == true)
                return ServedResponse(status: status, body: .bytes([1, 2]))
            }
            #expect(response.status == status)
        }
        let labels = { (code: String) in
            #"{code="\#(code)",handler="receive",method="post",tenant="a"}"#
        }
        #expect(
            lines("http_requests_total") == [
                "http_requests_total\(labels("200")) 2", "http_requests_total\(labels("409")) 1",
            ])
        #expect(
            lines("http_response_size_bytes_sum\(labels("200"))").first?.hasSuffix(" 4") == true)
        // POST, the path, HTTP/1.1, "receive", "Content-Length", "100" and the body.
        #expect(
            lines("http_request_size_bytes_sum\(labels("409"))").first?.hasSuffix(" 151") == true)
        #expect(
            lines("http_inflight_requests")
                == [#"http_inflight_requests{handler="receive",method="POST",tenant="a"} 0"#])
    }

    @Test(
        "prints numbers as Go does",
        arguments: [
            (0, "0"), (-0.0, "-0"), (1, "1"), (-1.5, "-1.5"), (100_000, "100000"),
            (1e6, "1e+06"), (123_456_789, "1.23456789e+08"),
            (27_045_733_448_483, "2.7045733448483e+13"),
            (0.001, "0.001"), (0.0001, "0.0001"), (0.000_01, "1e-05"), (1.296e6, "1.296e+06"),
            (.infinity, "+Inf"), (-.infinity, "-Inf"), (.nan, "NaN"),
            (.leastNonzeroMagnitude, "5e-324"),
            (1.797_693_134_862_315_7e308, "1.7976931348623157e+308"),
            (1.844_674_407_370_955_2e19, "1.8446744073709552e+19"),
            (345.990_234_375, "345.990234375"),
        ] as [(Double, String)])
    func numbers(number: Double, text: String) {
        #expect(GoFloat.text(number) == text)
    }

    @Test("reads what the kernel says of a process with an odd name")
    func process() throws {
        let stat = "7 (a) b (c) S 1 7 7 0 -1 4194304 1 0 0 0 250 50 0 0 20 0 4 0 100 4096 3 1 0"
        let reading = try #require(
            ProcessReading(stat: stat, system: "cpu 1 2\nbtime 1000\nx 1\n", openDescriptors: 4))
        #expect(reading.cpuSeconds == 3)
        #expect(reading.startTime == 1001)
        #expect(reading.virtualBytes == 4096)
        #expect(reading.residentBytes == 3 * 4096)
        #expect(ProcessReading(stat: "7 (a) S", system: "btime 1", openDescriptors: 0) == nil)
        #expect(ProcessReading(stat: stat, system: "", openDescriptors: 0) == nil)
        #expect(try #require(ProcessReading.now()).residentBytes > 0)
    }
}
