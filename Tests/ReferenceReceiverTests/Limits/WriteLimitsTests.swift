import MarkedYAML
import Testing

@testable import ReferenceReceiver

@Suite("Limits of writes")
struct WriteLimitsTests {
    private static func limits(_ text: String) throws(WriteLimits.Failure) -> WriteLimits {
        try WriteLimits(yaml: SourceText(name: "limits.yaml", text: text))
    }

    private static let full = """
        write:
          global:
            max_concurrency: 30
            meta_monitoring_url: "http://127.0.0.1:9090"
            meta_monitoring_http_client: {basic_auth: {username: a}}
            meta_monitoring_limit_query: "sum(x) by (tenant)"
          default:
            request: {size_bytes_limit: 1024, series_limit: 1000, samples_limit: 10}
            head_series_limit: 1000
          tenants:
            acme:
              request: {series_limit: 0, samples_limit: 7}
              head_series_limit: 0
            ajax:
              request: {}
            zulu:
              head_series_limit: 5
        """

    @Test("inherit what a tenant leaves out, and 0 is no limit")
    func inheritance() throws {
        let limits = try Self.limits(Self.full)
        #expect(limits.maxConcurrency == 30)
        #expect(limits.metaMonitoringURL == "http://127.0.0.1:9090")
        let standard = RequestLimits(sizeBytes: 1024, series: 1000, samples: 10)
        #expect(
            limits.request(forTenant: "acme")
                == RequestLimits(sizeBytes: 1024, series: 0, samples: 7))
        for tenant in ["ajax", "zulu", "other"] {
            #expect(limits.request(forTenant: tenant) == standard)
        }
        #expect(limits.tenants.keys.sorted() == ["acme", "ajax"])
        #expect(limits.headSeries.tenants == ["acme": 0, "ajax": 1000, "zulu": 5])
        #expect(
            limits.gauges.map { "\($0.tenant) \($0.limit.rawValue) \($0.value)" } == [
                " body_size 1024", " series 1000", " samples 10", "acme body_size 1024",
                "acme series 0", "acme samples 7", "ajax body_size 1024", "ajax series 1000",
                "ajax samples 10",
            ])
    }

    @Test(
        "are none where nothing is said", arguments: ["", "write:", "write: {default: {}}", "{}"])
    func nothing(text: String) throws {
        #expect(try Self.limits(text) == .none)
    }

    @Test("let pass what equals them")
    func excess() {
        let limits = RequestLimits(sizeBytes: 100, series: 2, samples: -1)
        #expect(limits.excess(of: 100, over: .bodySize) == nil)
        #expect(limits.excess(of: 130, over: .bodySize) == 30)
        #expect(limits.excess(of: 3, over: .series) == 1)
        #expect(limits.excess(of: .max, over: .samples) == nil)
    }

    @Test(
        "of head series hold at the limit, and only for tenants that are counted",
        arguments: [
            ("acme", 10_000, .allowed), ("ajax", 999, .allowed),
            ("ajax", 1000, .above(limit: 1000)),
            ("zulu", 6, .above(limit: 5)), ("other", nil, .unknownTenant), ("other", 0, .allowed),
        ] as [(String, Int?, HeadSeriesLimits.Verdict)])
    func headSeries(tenant: String, series: Int?, verdict: HeadSeriesLimits.Verdict) throws {
        let limits = try Self.limits(Self.full).headSeries
        #expect(limits.verdict(forTenant: tenant, series: series) == verdict)
        #expect(HeadSeriesLimits().verdict(forTenant: tenant, series: series) == .allowed)
    }

    @Test("of concurrency and head series outlive a reload that lifts them")
    func reload() throws {
        let old = try Self.limits(Self.full)
        let new = try Self.limits("write: {default: {request: {series_limit: 5}}}").replacing(old)
        #expect(new.request(forTenant: "acme") == RequestLimits(series: 5))
        #expect(new.maxConcurrency == 30)
        #expect(new.headSeries == old.headSeries)
    }

    @Test(
        "that are not as they should be are refused in Go's words",
        arguments: [
            (
                "writes: {}\nwrite: {globals: 1}",
                "  line 1: field writes not found in type receive.RootLimitsConfig\n"
                    + "  line 2: field globals not found in type receive.WriteLimitsConfig"
            ),
            (
                "write:\n  default:\n    request: {series_limit: many}",
                "  line 3: cannot unmarshal !!str `many` into int64"
            ),
            (
                "write: {default: {head_series_limit: -1}}",
                "  line 1: cannot unmarshal !!int `-1` into uint64"
            ),
            (
                "write: {global: {max_concurrency: 1.5}}",
                "  line 1: cannot unmarshal !!float `1.5` into int64"
            ),
            ("write: [1]", "  line 1: cannot unmarshal !!seq into receive.WriteLimitsConfig"),
            (
                "write:\n  tenants: some very long text",
                "  line 2: cannot unmarshal !!str `some ve...` into "
                    + "receive.TenantsWriteLimitsConfig"
            ),
        ])
    func refused(text: String, problems: String) {
        let failure = #expect(throws: WriteLimits.Failure.self) { try Self.limits(text) }
        #expect(
            failure?.texts == [
                "yaml: unmarshal errors:\n" + problems, "parsing config YAML file",
                "parse limit configuration",
            ])
    }

    @Test(
        "want an address for meta-monitoring with scheme and host",
        arguments: [
            ("prometheus", "scheme: ,host: "), ("http:///x", "scheme: http,host: "),
            ("//host/x", "scheme: ,host: host"),
        ])
    func address(url: String, said: String) {
        let failure = #expect(throws: WriteLimits.Failure.self) {
            try Self.limits("write: {global: {meta_monitoring_url: \"\(url)\"}}")
        }
        #expect(
            failure?.summary == "parse limit configuration: \(url) is not a valid "
                + "meta-monitoring URL (\(said))")
    }
}
