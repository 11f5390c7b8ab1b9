/// Families about the hashring and its file, which alone has the gauges of the file.
extension MetricFamily {
    static let configHash = gauge(
        "thanos_receive_config_hash", "Hash of the currently loaded hashring configuration file.")
    static let configLastReloadSuccessTime = gauge(
        "thanos_receive_config_last_reload_success_timestamp_seconds",
        "Timestamp of the last successful hashring configuration file reload.")
    static let configLastReloadSuccessful = gauge(
        "thanos_receive_config_last_reload_successful",
        "Whether the last hashring configuration file reload attempt was successful.")
    static let hashringNodes = gauge(
        "thanos_receive_hashring_nodes", "The number of nodes per hashring.", by: ["name"])
    static let hashringTenants = gauge(
        "thanos_receive_hashring_tenants", "The number of tenants per hashring.", by: ["name"])
    static let hashringsFileChanges = counter(
        "thanos_receive_hashrings_file_changes_total",
        "The number of times the hashrings configuration file has changed.")
    static let hashringsFileErrors = counter(
        "thanos_receive_hashrings_file_errors_total",
        "The number of errors watching the hashrings configuration file.")
    static let hashringsFileRefreshes = counter(
        "thanos_receive_hashrings_file_refreshes_total",
        "The number of refreshes of the hashrings configuration file.")

    /// All of the above.
    static let hashringFamilies: [MetricFamily] = [
        .configHash, .configLastReloadSuccessTime, .configLastReloadSuccessful,
        .hashringNodes, .hashringTenants, .hashringsFileChanges, .hashringsFileErrors,
        .hashringsFileRefreshes,
    ]
}
