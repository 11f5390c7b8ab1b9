import CurlHTTP
import FoundationEssentials
import HTTPServing
import IncidentLab
import LoopbackServer
import TestSupport
import Testing

/// A real Prometheus in agent mode, the reference receiver, and doctor between them.
@Suite("A real Prometheus agent", .timeLimit(.minutes(2)))
struct PrometheusAgentTests {
    /// The network of one test: receiver, agent and scraped target on addresses of their own.
    private struct Site: Sendable {
        let prefix: String

        var receiver: String { "\(prefix)11" }
        var agent: String { "\(prefix)21:9090" }
        var target: ListenAddress { ListenAddress(host: "\(prefix)31", port: 9100) }

        var configuration: String {
            """
            global:
              scrape_interval: 250ms
              scrape_timeout: 200ms
              external_labels: {cluster: edge-02}
            scrape_configs:
              - job_name: prometheus-agent
                static_configs: [{targets: ["\(agent)"]}]
              - job_name: target
                static_configs: [{targets: ["\(target)"]}]
            remote_write:
              - url: http://\(receiver):19291/api/v1/receive
                queue_config: {batch_send_deadline: 100ms}

            """
        }

        func receiverProgram(_ folder: TemporaryFolder) -> Program {
            ThanosctlProcess.program([
                "receiver", "--label=replica=\"0\"", "--tsdb.path=\(folder.path)/tsdb",
                "--remote-write.address=\(receiver):19291", "--http-address=\(receiver):10902",
                "--grpc-address=\(receiver):10901",
            ])
        }

        func agentProgram(_ folder: TemporaryFolder) throws -> Program {
            Program(
                path: try TestTool.prometheus.path(),
                arguments: [
                    "--enable-feature=agent", "--config.file=\(folder.path)/prometheus.yml",
                    "--storage.agent.path=\(folder.path)/agent", "--web.listen-address=\(agent)",
                ])
        }
    }

    @Test("sends without failing, and doctor sees the path hop by hop until it is refused")
    func sends() async throws {
        let network = try LabNetwork()
        let site = Site(prefix: network.prefix)
        let folder = try TemporaryFolder()
        try folder.write("prometheus.yml", site.configuration)
        let receiver = try await site.receiverProgram(folder).run(until: "status=ready") { _ in
            let agent = try await site.agentProgram(folder)
                .run(until: "Server is ready to receive web requests") { _ in
                    try await Self.expectTraffic(on: site)
                }
            #expect(agent.exitCode == 0, "\(agent.errors)")
            try await Self.expectHealthyHops(to: site.receiver)
        }
        #expect(receiver.exitCode == 0, "\(receiver.errors)")
        try await Self.expectRefusal(by: site.receiver)
        withExtendedLifetime(network) {}
    }

    /// Every scrape of the test's own target is an event; after some the receiver must count.
    private static func expectTraffic(on site: Site) async throws {
        let (scrapes, scraping) = AsyncStream<Void>.makeStream()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await serve(ServerOptions(address: site.target, gracePeriod: .zero)) { _ in
                    scraping.yield()
                    return ServedResponse(
                        status: 200, headers: [("Content-Type", "text/plain; version=0.0.4")],
                        body: .bytes(Array("test_scrapes_total 1\n".utf8)))
                }
            }
            var counts: [Double] = []
            for await _ in scrapes.prefix(80) {
                let page = try await MetricsPage(of: "http://\(site.receiver):10902/metrics")
                let count = page.sum("thanos_receive_write_samples_sum", ["code=\"200\""])
                if count > (counts.last ?? 0) { counts.append(count) }
                if counts.count == 3 { break }
            }
            #expect(counts.count == 3, "the receiver's count grew to \(counts)")
            let agent = try await MetricsPage(of: "http://\(site.agent)/metrics")
            #expect(agent.sum("prometheus_remote_storage_samples_failed_total") == 0)
            #expect(agent.sum("prometheus_remote_storage_samples_dropped_total") == 0)
            #expect(agent.sum("prometheus_remote_storage_samples_total") > 0)
            group.cancelAll()
            try await group.waitForAll()
        }
    }

    private static func expectHealthyHops(to receiver: String) async throws {
        let endpoint = ["doctor", "--endpoint", "http://\(receiver)"]
        let json = try await ThanosctlProcess(endpoint + ["-o", "json"])
        let report = try Report(json)
        #expect(json.exitCode == 0, "\(json.output)")
        #expect(report.findings == [] && report.gaps == [])
        #expect(report.checks("passed")["vip-connection-refused"] != nil)
        let probes = report.document["probes"].items
        #expect(probes.map { $0["purpose"].text } == ["remoteWrite", "healthy", "ready"])
        #expect(probes.map { $0["status"].number } == [400, 200, 200])
        let hops = probes.flatMap { $0["hops"].items }
        #expect(hops.allSatisfy { $0["outcome"].text == "passed" })
        #expect(
            hops.map { $0["hop"].text } == [
                "tcp", "http", "handshake", "tcp", "http", "tcp", "http",
            ])
        let text = try await ThanosctlProcess(endpoint)
        #expect(text.exitCode == 0)
        for words in [
            "✓ http://\(receiver):19291/api/v1/receive tcp", "an empty write is answered",
            "✓ http://\(receiver):10902/-/healthy tcp", "✓ http://\(receiver):10902/-/ready tcp",
        ] {
            #expect(text.output.flat.contains(words), "no \(words) in: \(text.output)")
        }
    }

    private static func expectRefusal(by receiver: String) async throws {
        let run = try await ThanosctlProcess(
            "doctor", "--endpoint", "http://\(receiver)", "-o", "json")
        let report = try Report(run)
        #expect(run.exitCode == 1, "\(run.output)")
        #expect(report.roots.first == "vip-connection-refused")
        let finding = try #require(report.finding("vip-connection-refused"))
        #expect(finding.message.contains("\(receiver):19291"))
        #expect(finding.message.contains("refused"))
    }

    @Test("its configuration is judged as a bare file")
    func bareConfiguration() async throws {
        let folder = try TemporaryFolder()
        let site = Site(prefix: "127.83.1.")
        try folder.write("prometheus.yml", site.configuration)
        let check = try await Program(
            path: try TestTool.promtool.path(),
            arguments: ["check", "config", "--agent", "prometheus.yml"], folder: folder.path
        ).run()
        #expect(check.exitCode == 0, "\(check.output)\(check.errors)")
        let run = try await ThanosctlProcess(
            "lint", "prometheus.yml", "-o", "json", folder: folder.path)
        #expect(run.exitCode == 0, "\(run.errors)")
        let report = try Report(run)
        #expect(report.findings.filter { $0.severity != "info" } == [])
        #expect(!report.checks("passed").isEmpty)
    }

    @Test("a broken configuration is shown at its line and column")
    func brokenConfiguration() async throws {
        let folder = try TemporaryFolder()
        let broken = Site(prefix: "127.83.1.").configuration
            .replacing("    queue_config: {", with: "   queue_config: {")
        try folder.write("prometheus.yml", broken)
        let run = try await ThanosctlProcess("lint", "prometheus.yml", folder: folder.path)
        #expect(run.exitCode == 3, "\(run.errors)")
        #expect(run.output.contains("prometheus.yml:12:4"), "\(run.output)")
    }
}
