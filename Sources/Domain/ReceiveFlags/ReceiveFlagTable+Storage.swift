extension ReceiveFlagSpec {
    static let storing: [ReceiveFlagSpec] = [
        ReceiveFlagSpec("--tsdb.path", default: "./data"),
        ReceiveFlagSpec("--objstore.config-file"),
        ReceiveFlagSpec("--objstore.config"),
        ReceiveFlagSpec("--tsdb.retention", .duration, default: "15d"),
        ReceiveFlagSpec("--tsdb.min-block-duration", .duration, default: "2h", hidden: true),
        ReceiveFlagSpec("--tsdb.max-block-duration", .duration, default: "2h", hidden: true),
        ReceiveFlagSpec(
            "--tsdb.too-far-in-future.time-window", .duration, default: "0s",
            since: ThanosRelease(0, 32)),
        ReceiveFlagSpec(
            "--tsdb.out-of-order.time-window", .duration, default: "0s",
            since: ThanosRelease(0, 30)),
        ReceiveFlagSpec(
            "--tsdb.out-of-order.cap-max", .integer, default: "0", since: ThanosRelease(0, 30)),
        ReceiveFlagSpec("--tsdb.allow-overlapping-blocks", .boolean, default: "false"),
        ReceiveFlagSpec(
            "--tsdb.max-retention-bytes", .byteCount, default: "0", since: ThanosRelease(0, 34)),
        ReceiveFlagSpec("--tsdb.wal-compression", .boolean, default: "true"),
        ReceiveFlagSpec("--tsdb.no-lockfile", .boolean, default: "false"),
        ReceiveFlagSpec(
            "--tsdb.head.expanded-postings-cache-size", .byteCount, default: "0",
            since: ThanosRelease(0, 38)),
        ReceiveFlagSpec(
            "--tsdb.block.expanded-postings-cache-size", .byteCount, default: "0",
            since: ThanosRelease(0, 38)),
        ReceiveFlagSpec("--tsdb.max-exemplars", .integer, default: "0"),
        ReceiveFlagSpec("--tsdb.write-queue-size", .integer, default: "0", hidden: true),
        ReceiveFlagSpec(
            "--tsdb.memory-snapshot-on-shutdown", .boolean, default: "false", hidden: true),
        ReceiveFlagSpec(
            "--tsdb.enable-native-histograms", .boolean, default: "true",
            since: ThanosRelease(0, 31)),
        ReceiveFlagSpec("--hash-func", .choice(["SHA256", ""]), default: ""),
        ReceiveFlagSpec(
            "--shipper.ignore-unequal-block-size", .boolean, default: "false", hidden: true,
            removedIn: ThanosRelease(0, 42)),
        ReceiveFlagSpec(
            "--shipper.allow-out-of-order-uploads", .boolean, default: "false", hidden: true),
        ReceiveFlagSpec(
            "--shipper.skip-corrupted-blocks", .boolean, default: "false", hidden: true,
            since: ThanosRelease(0, 39)),
        ReceiveFlagSpec(
            "--shipper.upload-concurrency", .integer, default: "0", since: ThanosRelease(0, 41)),
        ReceiveFlagSpec(
            "--matcher-cache-size", .integer, default: "0", since: ThanosRelease(0, 38)),
    ]
}
