import FoundationEssentials
import IncidentLab
import LoopbackServer
import Testing

/// A real Prometheus agent writes to a ring of three for a minute, while one of them restarts.
///
/// `RECEIVER_RING_SCRAPES` in the environment says how long, in seconds.
@Suite("A ring that a real agent writes to", .timeLimit(.minutes(6)))
struct AgentRingTests {
    private static let scrapes =
        ProcessInfo.processInfo.environment["RECEIVER_RING_SCRAPES"].flatMap(Int.init) ?? 60

    /// What was known when the agent had written for its minute.
    private struct Sent: Sendable {
        /// What the agent counted for the ring, without failures and repetitions.
        var counted = 0
        /// What the other Prometheus has, up to what the agent says it has sent to the ring.
        var reference = PrometheusAPI.Answer()
        /// What the nodes have together, and by themselves.
        var ring = PrometheusAPI.Answer()
        var nodes: [PrometheusAPI.Answer] = []
        /// In milliseconds: nothing newer is compared.
        var horizon: Int64 = 0
    }

    @Test("has every sample that the agent counts as sent, and promtool and Prometheus read it")
    func nothingIsLost() async throws {
        let network = try LabNetwork()
        let site = RingSite(prefix: network.prefix, folder: try TemporaryFolder())
        let sent = try await Self.send(on: site)
        let reference = sent.reference.floats
        #expect(sent.ring.floats.count + sent.ring.histograms.count >= sent.counted)
        #expect(sent.counted > Self.scrapes * ScrapedExporter.floats(0).count)
        expect(reference, in: sent.ring.floats, "by query on the ring")
        expect(sent.ring.floats.through(sent.horizon), in: reference, "in what was sent")
        // The first node takes part in every request, whoever else is there.
        expect(reference, in: sent.nodes[0].floats, "on the first node")
        Self.expectExporter(in: sent)
        for index in 0...1 {
            try await Self.expectBlocks(of: site.node(index), having: sent.nodes[index])
        }
        try await Self.expectLog(of: site.node(2), having: sent.nodes[2])
        try await Self.expectPrometheus(on: site, sent)
        withExtendedLifetime(network) {}
    }

    // MARK: Sending

    private static func send(on site: RingSite) async throws -> Sent {
        try await site.runningReference { reference in
            try await site.node(0).running {
                // Its end has to leave a log that is not flushed.
                try await site.node(2).killed {
                    try await site.running {
                        try await scraped(on: site) { scrapes in
                            try await observe(site, reference, scrapes)
                        }
                    }
                }
            }
        }
    }

    /// The exporter serves for as long as the closure takes.
    private static func scraped(
        on site: RingSite, _ body: @escaping @Sendable (AsyncStream<Int>) async throws -> Sent
    ) async throws -> Sent {
        let (scrapes, scraping) = AsyncStream<Int>.makeStream()
        return try await withThrowingTaskGroup(of: Sent?.self) { group in
            group.addTask {
                try await ScrapedExporter(address: site.target).run(yieldingTo: scraping)
                return nil
            }
            group.addTask { try await body(scrapes) }
            let sent = try await group.first { $0 != nil } ?? nil
            group.cancelAll()
            return try #require(sent)
        }
    }

    /// Half of the time before and half after one node's restart.
    private static func observe(
        _ site: RingSite, _ reference: PrometheusAPI, _ scrapes: AsyncStream<Int>
    ) async throws -> Sent {
        try await site.node(1).running { await pass(Self.scrapes / 2, of: scrapes) }
        await pass(2, of: scrapes)
        return try await site.node(1).running {
            await pass(Self.scrapes / 2, of: scrapes)
            var sent = try await counted(by: site.agent)
            // What was under way when it was counted arrives in this time.
            await pass(3, of: scrapes)
            sent.reference = try await everything(at: reference).through(sent.horizon)
            for index in 0..<3 { sent.nodes.append(try await everything(at: site.node(index).api)) }
            sent.ring = sent.nodes.reduce(PrometheusAPI.Answer()) { $0.union($1) }
            return sent
        }
    }

    private static func pass(_ count: Int, of scrapes: AsyncStream<Int>) async {
        for await _ in scrapes.prefix(count) {}
    }

    private static func everything(at api: PrometheusAPI) async throws -> PrometheusAPI.Answer {
        try await api.range(#"{__name__=~".+"}[1h]"#)
    }

    private static func counted(by agent: String) async throws -> Sent {
        let page = try await MetricsPage(of: "http://\(agent)/metrics")
        let ring = ["remote_name=\"ring\""]
        func sum(_ suffix: String) -> Double {
            page.sum("prometheus_remote_storage_samples_\(suffix)", ring)
                + page.sum("prometheus_remote_storage_histograms_\(suffix)", ring)
        }
        #expect(sum("failed_total") == 0)
        #expect(page.sum("prometheus_remote_storage_samples_dropped_total", ring) == 0)
        let newest = page.sum(
            "prometheus_remote_storage_queue_highest_sent_timestamp_seconds", ring)
        // A scrape of before may have been appended late, but never later than its time-out.
        return Sent(
            counted: Int(sum("total") - sum("retried_total")), horizon: Int64(newest - 2) * 1000)
    }

    // MARK: Judging

    /// The exporter knows what it served, whatever was made of it.
    private static func expectExporter(in sent: Sent) {
        let scrapes = sent.ring.floats.filter { series, _, _ in
            series.contains("ring_scrapes_total")
        }
        let values = scrapes.series.values.flatMap { $0 }.sorted { $0.key < $1.key }
        // A scrape that took the agent too long is stored nowhere; the reference has none either.
        let numbers = values.map { Int($0.value.value) }
        #expect(zip(numbers, numbers.dropFirst()).allSatisfy { $0 < $1 })
        #expect(numbers.first == 1)
        #expect(values.count >= Self.scrapes * 9 / 10)
        for (moment, number) in values {
            let there = sent.ring.floats.filter { series, timestamp, _ in
                timestamp == moment && series.contains("ring_")
            }
            let found = Set(there.series.values.flatMap(\.values))
            let served = ScrapedExporter.floats(Int(number.value)).map(\.value)
            #expect(found == Set(served.map(StoredSamples.Float.init)))
        }
        let histograms = sent.ring.histograms.sorted { $0.timestamp < $1.timestamp }
        let counts = histograms.compactMap { Int($0.count) }
        #expect(counts.allSatisfy { $0 % ScrapedExporter.observations(1) == 0 })
        #expect(zip(counts, counts.dropFirst()).allSatisfy { $0 < $1 })
        #expect(counts.count == histograms.count && counts.count >= Self.scrapes * 9 / 10)
    }

    /// promtool on the blocks that a node leaves when it is stopped.
    private static func expectBlocks(
        of node: ReceiverNode, having answered: PrometheusAPI.Answer
    ) async throws {
        let folder = node.tenantFolder
        let listed = try await Promtool.tsdb("list", folder)
        #expect(listed.split(separator: "\n").count > 1, "\(listed)")
        #expect(try await Promtool.tsdb("analyze", folder).contains("Series: "))
        expect(
            answered.floats.numbers, in: try await Promtool.dump(folder).numbers,
            "in the dump of \(folder)")
        let parts = try BlocksAndLog(of: folder)
        let blocks = try await Promtool.dump(parts.blocks).numbers
        let log = try await Promtool.dump(parts.log).numbers
        #expect(blocks.count > 0)
        expect(answered.floats.numbers, in: blocks.union(log), "in blocks and log of \(folder)")
    }

    /// promtool on the log that a node leaves when it is killed.
    private static func expectLog(
        of node: ReceiverNode, having answered: PrometheusAPI.Answer
    ) async throws {
        let parts = try BlocksAndLog(of: node.tenantFolder)
        expect(
            answered.floats.numbers, in: try await Promtool.dump(parts.log).numbers,
            "in the log of \(node.folder)")
    }

    /// Prometheus itself answers over the data of the first node.
    private static func expectPrometheus(on site: RingSite, _ sent: Sent) async throws {
        let before = sent.nodes[0]
        let after = try await site.running(on: site.node(0).tenantFolder) { prometheus in
            try await everything(at: prometheus)
        }
        expect(before.floats, in: after.floats, "in Prometheus on the receiver's data")
        #expect(before.histograms.count > 0)
        #expect(before.histograms.isSubset(of: after.histograms))
        #expect(sent.reference.histograms.isSubset(of: after.histograms))
    }
}
