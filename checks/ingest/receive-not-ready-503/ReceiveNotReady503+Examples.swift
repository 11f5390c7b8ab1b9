import Diagnosis

extension Check {
    static let receiveNotReady503Examples: [Example] = [
        .triggers(
            "it reads its WAL for an hour",
            IngestExample.manifests(mark: mark)
                + IngestExample.pod(replay, ready: false, started: "2026-11-22T06:43:00Z")),
        .triggers(
            "it has just started: a note",
            IngestExample.manifests(mark: mark)
                + IngestExample.pod(replay, ready: false, started: "2026-11-22T07:42:00Z")),
        .triggers(
            "the upload before it does not end",
            IngestExample.manifests(mark: mark)
                + IngestExample.pod(
                    changing + "\n"
                        + StorageExample.failure(
                            "07:36:12.1", "dial tcp 10.1.2.3:9000: i/o timeout"
                        )
                        .replacing("2026-11-20", with: "2026-11-22"),
                    ready: false, started: "2026-11-22T07:13:00Z")),
        .triggers(
            "it waits for a hashring",
            IngestExample.manifests(mark: mark)
                + IngestExample.pod(
                    #"level=info component=receive mode=RouterIngestor msg="running receive""#,
                    ready: false, started: "2026-11-22T07:13:00Z")),
        .triggers(
            "no probe asks it, and its metrics say so",
            IngestExample.manifests(mark: mark) + IngestExample.pod(changing)
                + IngestExample.metrics(#"thanos_status{check="ready",component="receive"} 0"#)),
        .triggers(
            "a Service that sends to every pod",
            IngestExample.manifests(
                folder: "", service: "publishNotReadyAddresses: true" + mark)),
        .passes(
            "it serves", IngestExample.manifests() + IngestExample.pod(changing + "\n" + ready)),
        .passes(
            "it serves by its own word, and its probe fails: another fault",
            IngestExample.manifests() + IngestExample.pod(changing + "\n" + ready, ready: false)),
        .passes(
            "the same by its metrics",
            IngestExample.manifests() + IngestExample.pod(ready: false)
                + IngestExample.metrics(#"thanos_status{check="ready",component="receive"} 1"#)),
        .passes(
            "it has ended before: another fault",
            IngestExample.manifests()
                + IngestExample.pod(
                    replay, ready: false, started: "2026-11-22T07:42:00Z", restarts: 7)),
        .passes(
            "the headless Service of a hashring",
            IngestExample.manifests(
                folder: "", service: "clusterIP: None\n  publishNotReadyAddresses: true")),
    ]

    private static let mark = " # <-- finding"

    private static let replay = """
        level=info component=receive component=multi-tsdb tenant=a msg="opening TSDB"
        level=info component=multi-tsdb tenant=a msg="WAL segment loaded" segment=41 maxSegment=97
        """

    private static let changing = """
        ts=2026-11-22T07:14:11.864788806Z caller=intrumentation.go:67 level=warn \
        component=receive msg="changing probe status" status=not-ready \
        reason="hashring has changed; server is not ready to receive requests"
        """

    private static let ready = """
        ts=2026-11-22T07:14:12.019788806Z caller=intrumentation.go:56 level=info \
        component=receive msg="changing probe status" status=ready
        """
}
