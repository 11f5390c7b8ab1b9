import FoundationEssentials
import IncidentLab
import KubernetesEmulator
import LoopbackServer
import Synchronization
import TestSupport
import Testing

/// Doctor without the right to the pods' proxy, and a real Prometheus that knows the pods.
@Suite("A real Prometheus with history", .timeLimit(.minutes(2)))
struct PrometheusHistoryTests {
    private static let failed = "prometheus_remote_storage_samples_failed_total"

    @Test("what goes on is found there, with the time in which it was seen and the query")
    func goesOn() async throws {
        let text = Self.history { age in age < 3600 ? 2 * (3600 - age) : 0 }
        try await Self.judged(text) { report, url in
            let finding = try #require(report.finding("rw-nonrecoverable-drop"))
            // On a slow machine a minute of the hour has passed since it was written.
            let rates = ["1.8", "1.9", "2.0"].map { "drops \($0) samples a second" }
            #expect(rates.contains(where: finding.message.contains), "\(finding.message)")
            let found = report.document["findings"].items.first {
                $0["check"].text == "rw-nonrecoverable-drop"
            }
            let evidence = try #require(found?["evidence"].items.first)
            #expect(evidence["what"].text.hasSuffix("in the last 1 h and the last 5 min (\(url))"))
            #expect(
                evidence["command"].text
                    == "curl -sG \(url)/api/v1/query --data-urlencode 'query=increase(\(Self.failed)"
                    + "{namespace=\"monitoring\",pod=\"prometheus-agent-0\"}[3600s])'")
            #expect(report.gaps == [])
        }
    }

    @Test("what ended fifty minutes ago is over")
    func isOver() async throws {
        let text = Self.history { age in age < 3000 ? 1200 : max(0, 2 * (3600 - age)) }
        try await Self.judged(text) { report, _ in
            #expect(report.finding("rw-nonrecoverable-drop") == nil)
            #expect(report.gaps == [])
            #expect(report.checks("unknown") == [:])
        }
    }

    @Test("without it nobody knows, and the right that is missing is named")
    func without() async throws {
        try await Self.judged(nil) { report, _ in
            #expect(report.gaps.contains { $0.contains("pods/proxy") }, "\(report.gaps)")
            #expect(!report.checks("unknown").isEmpty)
        }
    }

    /// The pods of the healthy incident with their ports, as targets.
    private static let targets = [
        ("prometheus-agent-0", "127.77.0.21:9090"), ("thanos-receiver-0", "127.77.0.11:10902"),
        ("thanos-receiver-1", "127.77.0.12:10902"), ("thanos-receiver-2", "127.77.0.13:10902"),
    ]

    /// An hour and ten minutes, a sample every 15 seconds, as OpenMetrics.
    private static func history(_ failures: @escaping (Int) -> Int) -> String {
        let now = Int(Date().timeIntervalSince1970)
        let ages = Array(stride(from: 4200, through: 0, by: -15))
        func family(_ name: String, _ type: String, _ series: [(String, (Int) -> Int)]) -> [String]
        {
            ["# TYPE \(type == "counter" ? String(name.dropLast(6)) : name) \(type)"]
                + series.flatMap { labels, value in
                    ages.map { "\(name){\(labels)} \(value($0)) \(now - $0)" }
                }
        }
        let labels = targets.map { pod, address in
            "namespace=\"monitoring\",pod=\"\(pod)\",instance=\"\(address)\",job=\"\(pod)\""
        }
        let lines =
            family("up", "gauge", labels.map { ($0, { _ in 1 }) })
            + family(
                "process_start_time_seconds", "gauge", labels.map { ($0, { _ in now - 9000 }) })
            + family(failed, "counter", [(labels[0] + ",url=\"http://r\"", failures)])
        return lines.joined(separator: "\n") + "\n# EOF\n"
    }

    /// Runs doctor with all rights but that to the proxy.
    private static func judged(
        _ history: String?,
        _ body: @escaping @Sendable (_ report: Report, _ url: String) async throws -> Void
    ) async throws {
        let network = try LabNetwork()
        let address = "\(network.prefix)21:9090"
        if let history {
            try await prometheus(history, at: address) {
                try await body(
                    try await diagnosis(["--prometheus", "http://\(address)"]), "http://\(address)")
            }
        } else {
            try await body(try await diagnosis([]), "")
        }
        withExtendedLifetime(network) {}
    }

    private static func prometheus(
        _ history: String, at address: String, _ body: @escaping @Sendable () async throws -> Void
    ) async throws {
        let folder = try TemporaryFolder()
        try folder.write("history.txt", history)
        try folder.write("prometheus.yml", "global: {}\n")
        let made = try await Program(
            path: try TestTool.promtool.path(),
            arguments: ["tsdb", "create-blocks-from", "openmetrics", "history.txt", "data"],
            folder: folder.path
        ).run()
        #expect(made.exitCode == 0, "\(made.errors)")
        let program = Program(
            path: try TestTool.prometheus.path(),
            arguments: [
                "--config.file=prometheus.yml", "--storage.tsdb.path=data",
                "--web.listen-address=\(address)",
            ], folder: folder.path)
        _ = try await program.run(until: "Server is ready to receive web requests") { _ in
            try await body()
        }
    }

    private static func diagnosis(_ arguments: [String]) async throws -> Report {
        let rules = try AccessRightsTests.rules(try await AccessRightsTests.printed())
        let rights = Access(
            user: "jane",
            rules: rules.map { rule in
                var rule = rule
                rule.resources.removeAll { $0 == "pods/proxy" }
                return rule
            })
        let cluster = EmulatedCluster(objects: APIServer.objects, access: ["token": rights])
        let report = Mutex<Report?>(nil)
        try await APIServer.serving(cluster) { kubeconfig in
            let run = try await ThanosctlProcess(
                [
                    "doctor", "--kubeconfig", kubeconfig, "--probe-only", "127.0.0.0/8",
                    "--interval", "200ms", "-o", "json",
                ] + arguments)
            let parsed = try Report(run)
            report.withLock { $0 = parsed }
        }
        let seen = report.withLock(\.self)
        return try #require(seen)
    }
}
