import Diagnosis

extension Check {
    static let ingestOutOfOrderExamples: [Example] = [
        .triggers(
            "batches are answered with 409",
            receiver(steady, mark: mark) + page(refused: 2) + page(refused: 42, later: ".later")),
        .triggers(
            "for minutes, and every write succeeds: a warning",
            receiver(steady, mark: mark) + page(refused: 2) + page(refused: 2, later: ".later")),
        .triggers("once: for information", receiver([outOfOrder("59:11.412")], mark: mark)),
        .triggers(
            "another value for the same time",
            receiver(
                ["56:11.088", "57:11.088", "59:11.088"].map { line($0, duplicate) }, mark: mark)),
        .passes("hours ago", receiver(steady.map { $0.replacing("T11:", with: "T07:") })),
        .passes("samples that are too old", receiver([line("59:11.412", outOfBounds)])),
        .passes("nothing of the kind", receiver([])),
    ]

    private static let mark = " # <-- finding"
    private static let steady = ["56:11.412", "57:11.412", "59:11.412"].map(outOfOrder)
    private static let duplicate =
        "Error on ingesting samples with different value but same timestamp"
    private static let outOfBounds =
        "Error on ingesting samples that are too old or are too far into the future"

    private static func outOfOrder(_ time: String) -> String {
        line(time, "Error on ingesting out-of-order samples")
    }

    private static func line(_ time: String, _ message: String) -> String {
        """
        ts=2026-11-20T11:\(time)564291Z caller=writer_errors.go:134 level=warn \
        component=receive component=receive-writer tenant=default-tenant \
        msg="\(message)" numDropped=1
        """
    }

    private static func receiver(_ lines: [String], mark: String = "") -> String {
        StorageExample.receiver(log: lines.joined(separator: "\n"))
            .replacing("- name: receive\n", with: "- name: receive\(mark)\n")
    }

    private static func page(refused: Int, later: String = "") -> String {
        """

        -- metrics/monitoring/receiver-0\(later).txt --
        http_requests_total{code="200",handler="receive",method="post",tenant="default-tenant"} 2
        http_requests_total{code="409",handler="receive",method="post",tenant="default-tenant"} \
        \(refused)

        """
    }
}
