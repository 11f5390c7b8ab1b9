import Diagnosis

extension Check {
    static let ingestOutOfBoundsExamples: [Example] = [
        .triggers(
            "samples are rejected now",
            IngestExample.manifests(mark: mark) + IngestExample.pod(line())),
        .triggers(
            "the counter grows",
            IngestExample.manifests(mark: mark) + IngestExample.pod() + counter(12, later: 842)),
        .triggers(
            "later than the window for late samples",
            IngestExample.manifests(flags: ["--tsdb.out-of-order.time-window=10m" + mark])
                + IngestExample.pod(
                    line(
                        "Error on ingesting samples that are outside of the allowed out-of-order "
                            + "time window"))),
        .triggers(
            "an hour ago: a note",
            IngestExample.manifests(mark: mark)
                + IngestExample.pod(line().replacing("T07:40", with: "T06:40"))),
        .passes(
            "two days ago",
            IngestExample.manifests()
                + IngestExample.pod(line().replacing("11-22T07", with: "11-20T07"))),
        .passes(
            "a counter that has stopped",
            IngestExample.manifests() + IngestExample.pod() + counter(842, later: 842)),
        .passes(
            "out of order is another fault",
            IngestExample.manifests()
                + IngestExample.pod(line("Error on ingesting out-of-order samples"))),
        .passes("nothing is rejected", IngestExample.manifests() + IngestExample.pod()),
        .passes("manifests say nothing of it", IngestExample.manifests(folder: "")),
    ]

    private static let mark = " # <-- finding"

    private static func line(
        _ message: String =
            "Error on ingesting samples that are too old or are too far into the future"
    ) -> String {
        """
        ts=2026-11-22T07:40:12.054005979Z caller=writer_errors.go:142 level=warn \
        component=receive component=receive-writer tenant=default-tenant msg="\(message)" \
        numDropped=1
        """
    }

    private static func counter(_ count: Int, later: Int) -> String {
        let series = """
            prometheus_tsdb_out_of_bound_samples_total{tenant="default-tenant",type="float"}
            """
        return IngestExample.metrics("\(series) \(count)", later: "\(series) \(later)")
    }
}
