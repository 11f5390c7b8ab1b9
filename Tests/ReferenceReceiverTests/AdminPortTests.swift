import FoundationEssentials
import ReferenceReceiver
import Testing

@Suite("The admin port")
struct AdminPortTests {
    @Test(
        "answers probes as Thanos does",
        arguments: [
            ("/-/healthy", 200, "OK"), ("/-/ready", 200, "OK"), ("/", 404, "404 page not found\n"),
            ("/api/v1/receive", 404, "404 page not found\n"),
        ])
    func probes(path: String, status: Int, body: String) async throws {
        try await runReceiver([]) { receiver in
            let answer = try await RawHTTP.exchange(
                port: receiver.port(.admin), method: "GET", path: path)
            #expect(answer.status == status)
            #expect(answer.body == body)
            #expect(answer.headers["Content-Type"] == "text/plain; charset=utf-8")
            #expect(answer.headers["Content-Length"] == String(body.utf8.count))
            #expect(answer.headers["Server"] == nil)
            #expect(answer.headers["X-Content-Type-Options"] == (status == 404 ? "nosniff" : nil))
        }
    }

    @Test("counts writes by tenant, and requests by code")
    func metrics() async throws {
        let scenario = try #require(
            try ConformanceScenario.recorded().first { $0.id == "content-type-text" })
        let step = try #require(scenario.steps.first)
        try await runReceiver([]) { receiver in
            for tenant in ["team-a", "team-a", "../x"] {
                _ = try await RawHTTP.exchange(
                    port: receiver.port(.remoteWrite), method: "POST", path: "/api/v1/receive",
                    headers: ["THANOS-TENANT": tenant], body: step.request.body)
            }
            let text = try await RawHTTP.exchange(
                port: receiver.port(.admin), method: "GET", path: "/metrics"
            ).body
            for line in [
                #"http_requests_total{code="200",handler="receive",method="post","#
                    + #"tenant="team-a"} 2"#,
                #"http_requests_total{code="400",handler="receive",method="post","#
                    + #"tenant="../x"} 1"#,
                #"thanos_receive_write_samples_sum{code="200",tenant="team-a"} 2"#,
                #"thanos_receive_write_timeseries_count{code="200",tenant="team-a"} 2"#,
                #"thanos_status{check="ready",component="receive"} 1"#,
                "thanos_receive_replication_factor 1",
                #"prometheus_tsdb_head_chunks{tenant="team-a"} 1"#,
                #"prometheus_tsdb_head_series_created_total{tenant="team-a"} 1"#,
                #"prometheus_tsdb_head_series_removed_total{tenant="team-a"} 0"#,
            ] {
                #expect(text.split(separator: "\n").contains { $0 == line }, "\(line)")
            }
            #expect(text.contains("thanos_build_info{") && text.contains(#"version="0.41.0""#))
        }
    }

    @Test("shows the rings of a file and the file's fingerprint")
    func hashringGauges() async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        let content = #"[{"hashring":"a","tenants":["t"],"endpoints":["n:1","m:1"]}]"#
        try Data(content.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        try await runReceiver(
            ["--receive.hashrings-file=/etc/rings.json"],
            mappings: [PathMapping(shown: "/etc/rings.json", real: file.path())]
        ) { receiver in
            let text = try await RawHTTP.exchange(
                port: receiver.port(.admin), method: "GET", path: "/metrics"
            ).body
            let lines = text.split(separator: "\n")
            #expect(lines.contains(#"thanos_receive_hashring_nodes{name="a"} 2"#))
            #expect(lines.contains(#"thanos_receive_hashring_tenants{name="a"} 1"#))
            #expect(lines.contains("thanos_receive_config_hash 2.7045733448483e+13"))
        }
    }

    @Test("has no ring gauges for inline rings")
    func inlineRings() async throws {
        try await runReceiver(["--receive.hashrings=[]"]) { receiver in
            let text = try await RawHTTP.exchange(
                port: receiver.port(.admin), method: "GET", path: "/metrics"
            ).body
            #expect(!text.contains("thanos_receive_hashring_nodes"))
        }
    }
}

@Suite("The remote-write port")
struct WritePortTests {
    @Test(
        "sends misspelt paths to the right one",
        arguments: ["/api/v1/receive/", "/API/v1/Receive", "//api/v1/receive"])
    func redirects(path: String) async throws {
        try await runReceiver([]) { receiver in
            let answer = try await RawHTTP.exchange(
                port: receiver.port(.remoteWrite), method: "POST", path: path + "?a=b")
            #expect(answer.status == 307)
            #expect(answer.headers["Location"] == "/api/v1/receive?a=b")
            #expect(answer.body.isEmpty)
        }
    }

    @Test("refuses tenants that a real one takes for folders", arguments: [".", "..", "/"])
    func dotTenants(tenant: String) async throws {
        try await runReceiver([]) { receiver in
            let answer = try await RawHTTP.exchange(
                port: receiver.port(.remoteWrite), method: "POST", path: "/api/v1/receive",
                headers: ["THANOS-TENANT": tenant])
            #expect(answer.status == 400)
            #expect(answer.body == "Tenant name not valid\n")
        }
    }

    @Test("says at the start which flags do nothing")
    func warnings() async throws {
        try await runReceiver(["--tsdb.max-exemplars=5", "--tsdb.retention=2h"]) { receiver in
            let warnings = receiver.log.lines.filter { $0.contains("caller=reference-receiver") }
            #expect(warnings.map { Logfmt($0)["flag"] } == ["--tsdb.max-exemplars"])
        }
    }
}
