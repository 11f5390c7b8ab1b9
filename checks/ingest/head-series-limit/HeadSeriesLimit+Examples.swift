import Diagnosis

extension Check {
    static let headSeriesLimitExamples: [Example] = [
        .triggers(
            "a tenant is above its limit",
            receivers(limits(mark: mark))
                + IngestExample.pod(line("tenant above limit", "currentSeries=120042 limit=100000"))
        ),
        .triggers(
            "the counter says so, and the file is a Secret",
            IngestExample.manifests(mark: mark) + IngestExample.pod()
                + counters(
                    #"thanos_receive_head_series_limited_requests_total{tenant="edge"}"#, 40)),
        .triggers(
            "meta-monitoring does not answer",
            receivers(limits(url: url + mark))
                + IngestExample.pod(
                    line("failed to query meta-monitoring", #"err="dial tcp: no such host""#))),
        .triggers(
            "meta-monitoring has not known the tenant for long",
            receivers(limits(url: url + mark))
                + IngestExample.pod(uncounted(at: "07:20:12") + "\n" + uncounted(at: "07:42:12"))),
        .passes(
            "a tenant that has just begun",
            receivers(limits()) + IngestExample.pod(uncounted(at: "07:42:12"))),
        .triggers(
            "the file cannot be read any more",
            IngestExample.manifests(mark: mark)
                + IngestExample.pod(
                    line(
                        "error reloading tenant limits config from /l.yaml", "err=\"yaml: line 3\"")
                )
        ),
        .triggers(
            "requests are too large",
            IngestExample.manifests(mark: mark) + IngestExample.pod()
                + counters(
                    #"thanos_receive_write_limits_hit_count{limit="samples",tenant="edge"}"#, 3)),
        .triggers(
            "nobody can be asked", receivers(folder: "", limits(url: nil, mark: mark))),
        .triggers(
            "the same in a cluster",
            receivers(limits(url: nil, mark: mark)) + IngestExample.pod()),
        .triggers(
            "a receiver without a hashring",
            receivers(folder: "", routes: false, limits(mark: mark))),
        .triggers(
            "a name that Thanos does not know",
            receivers(
                folder: "",
                limits().replacing("  default:", with: "  defaults:\(mark)"))),
        .passes("limits that are applied", receivers(folder: "", limits())),
        .passes(
            "limits on requests alone need no meta-monitoring",
            receivers(
                folder: "",
                limits(url: nil).replacing(
                    "head_series_limit: 100000", with: "request: {series_limit: 5000}"))),
        .passes(
            "no limit", receivers(folder: "", limits(url: nil).replacing("100000", with: "0"))),
        .passes(
            "a tenant was above its limit yesterday",
            receivers(limits())
                + IngestExample.pod(
                    line("tenant above limit", "currentSeries=120042 limit=100000")
                        .replacing("11-22", with: "11-21"))),
        .passes(
            "counters that have stopped",
            receivers(limits()) + IngestExample.pod()
                + counters(
                    #"thanos_receive_head_series_limited_requests_total{tenant="edge"}"#, 0)),
        .passes("no limits at all", IngestExample.manifests(folder: "")),
    ]

    private static let mark = " # <-- finding"
    private static let url = "http://query.monitoring:10902"

    private static func receivers(
        folder: String = "cluster/", routes: Bool = true, _ limits: String
    ) -> String {
        IngestExample.manifests(
            folder: folder, routes: routes,
            flags: ["--receive.limits-config-file=/etc/limits/limits.yaml"]) + limits
    }

    private static func limits(url: String? = url, mark: String = "") -> String {
        """
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: limits, namespace: monitoring}
        data:
          limits.yaml: |
            write:
              global:
                max_concurrency: 30\(url.map { "\n        meta_monitoring_url: \($0)" } ?? "")
              default:
                head_series_limit: 100000\(mark)

        """
    }

    private static func line(_ message: String, _ rest: String) -> String {
        """
        ts=2026-11-22T07:42:12.054005979Z caller=head_series_limiter.go:141 level=error \
        component=receive component=receive-limiter msg="\(message)" tenant=edge \(rest)
        """
    }

    private static func uncounted(at time: String) -> String {
        line("error while limiting", #"err="tenant not in current series map""#)
            .replacing("07:42:12", with: time)
    }

    private static func counters(_ series: String, _ growth: Int) -> String {
        IngestExample.metrics("\(series) 7", later: "\(series) \(7 + growth)")
    }
}
