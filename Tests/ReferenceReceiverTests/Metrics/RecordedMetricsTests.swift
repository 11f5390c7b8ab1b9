import FoundationEssentials
import HTTPServing
import ReceiveFlags
import Testing

@testable import ReferenceReceiver

@Suite("Metrics against those of a real receiver")
struct RecordedMetricsTests {
    /// Families of the recordings that we do not have; the list only shrinks.
    private static let unclaimed: Set<String> = []

    private static let claimed = Dictionary(
        uniqueKeysWithValues: MetricFamily.all.map { ($0.name, $0) })

    @Test(
        "every family has the name, help, type, labels and steps", arguments: RecordedMetrics.files)
    func declarations(file: String) throws {
        let recorded = try RecordedMetrics(file: file)
        #expect(recorded.families.count > 30)
        for theirs in recorded.families where !Self.unclaimed.contains(theirs.name) {
            let ours = try #require(Self.claimed[theirs.name], "\(theirs.name) is missing")
            #expect(ours.help == theirs.help)
            #expect(ours.kind.text == theirs.type, "\(theirs.name)")
            #expect(ours.labelNames == theirs.labelNames, "\(theirs.name)")
            switch ours.kind {
            case .counter, .gauge: #expect(theirs.steps.isEmpty)
            case .histogram(let steps), .summary(let steps): #expect(steps == theirs.steps)
            }
        }
    }

    @Test(
        "what a real one held is printed byte by byte as it did", arguments: RecordedMetrics.files)
    func printing(file: String) throws {
        let recorded = try RecordedMetrics(file: file)
        var values: [MetricFamily: [LabelValues: MetricValue]] = [:]
        for theirs in recorded.families {
            let family = try #require(Self.claimed[theirs.name])
            values[family] = theirs.values(of: family)
        }
        let ours = Exposition(Scrape(values)).text.split(separator: "\n")
        let theirs = recorded.text.split(separator: "\n")
        for (our, their) in zip(ours, theirs) { try #require(our == their) }
        #expect(ours.count == theirs.count)
    }

    @Test("before the first request the same is shown, but for the process and its build")
    func start() async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        let rings = #"[{"hashring":"a","tenants":["a"],"endpoints":["127.0.0.1:10901"]}]"#
        try Data(rings.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        try await runReceiver(
            ["--receive.hashrings-file=\(file.path())", "--receive.local-endpoint=127.0.0.1:10901"]
        ) { receiver in
            let page = try await RawHTTP.exchange(
                port: receiver.port(.admin), method: "GET", path: "/metrics")
            let ours = RecordedMetrics(text: page.body).seriesNames
            let theirs = try RecordedMetrics(file: "receive-no-matching-hashring").seriesNames
            // The tenant is opened at the start here, and with its first write there.
            let mayDiffer = ["http_", "process_", "prometheus_tsdb_", "thanos_build_info"]
            let isCompared = { (name: String) in !mayDiffer.contains { name.hasPrefix($0) } }
            #expect(
                ours.filter(isCompared).symmetricDifference(theirs.filter(isCompared)).isEmpty)
        }
    }

    @Test("a tenant shows what a real one shows of its TSDB")
    func tenants() throws {
        let metrics = ReceiverMetrics()
        metrics.showTSDB(of: "default-tenant")
        let ours = RecordedMetrics(text: metrics.render()).seriesNames
        let theirs = try RecordedMetrics(file: "receive-healthy").seriesNames
            .filter { $0.hasPrefix("prometheus_tsdb_") }
        #expect(ours.symmetricDifference(theirs).isEmpty)
        metrics.forgetTenant("default-tenant")
        #expect(metrics.render().isEmpty)
    }
}

extension MetricFamily {
    fileprivate static let all =
        receiverFamilies + httpFamilies + hashringFamilies + replicationFamilies + limitsFamilies
        + tsdbFamilies + shipperFamilies + objectStoreFamilies + storeFamilies + processFamilies
        + grpcServerFamilies + grpcClientFamilies
        + [.grpcServerHandled, .grpcClientHandled, .grpcPanicsRecovered]
}
