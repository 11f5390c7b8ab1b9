import Testing

@testable import IncidentLab

@Suite("Pages of metrics in an incident")
struct StagedMetricsTests {
    @Test(
        "write times as dates, and serve them as seconds since 1970",
        arguments: [
            (
                "upload_time{bucket=\"b\"} 2026-11-20T11:00:00Z",
                "upload_time{bucket=\"b\"} 1795172400"
            ),
            ("head_max_time 2026-11-20T11:00:00Z000\n", "head_max_time 1795172400000\n"),
            ("start_time 1.795e+09", "start_time 1.795e+09"),
            ("b_info{date=\"2026-11-20\"} 1", "b_info{date=\"2026-11-20\"} 1"),
        ])
    func times(written: String, served: String) {
        #expect(StagedMetrics.countingSeconds(written) == served)
    }
}
