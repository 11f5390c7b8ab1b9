/// Families about what the receiver is and how it stands.
extension MetricFamily {
    static let buildVersion = gauge(
        "thanos_build_info",
        "A metric with a constant '1' value labeled by version, revision, branch, "
            + "goversion from which thanos was built, and the goos and goarch for the build.",
        by: ["branch", "goarch", "goos", "goversion", "revision", "tags", "version"])
    static let multiDBUpdatesAttempted = counter(
        "thanos_receive_multi_db_updates_attempted_total",
        "Number of Multi DB attempted reloads with flush and potential upload due to "
            + "hashring changes")
    static let multiDBUpdatesCompleted = counter(
        "thanos_receive_multi_db_updates_completed_total",
        "Number of Multi DB completed reloads with flush and potential upload due to "
            + "hashring changes")
    static let status = gauge(
        "thanos_status",
        "Represents status (0 indicates failure, 1 indicates success) of the component.",
        by: ["check", "component"])

    /// All of the above.
    static let receiverFamilies: [MetricFamily] = [
        .buildVersion, .multiDBUpdatesAttempted, .multiDBUpdatesCompleted, .status,
    ]
}
