/// What `/metrics` says about one name before its values.
enum MetricFamily: CaseIterable {
    case httpRequests
    case buildVersion
    case configHash
    case configLastReloadSuccessful
    case hashringNodes
    case hashringTenants
    case hashringsFileChanges
    case hashringsFileErrors
    case hashringsFileRefreshes
    case replicationFactor
    case writeSamples
    case writeTimeseries
    case status

    /// How values of the family behave.
    enum Kind: String {
        case counter, gauge, histogram
    }

    var name: String {
        switch self {
        case .httpRequests: "http_requests_total"
        case .buildVersion: "thanos_build_info"
        case .configHash: "thanos_receive_config_hash"
        case .configLastReloadSuccessful: "thanos_receive_config_last_reload_successful"
        case .hashringNodes: "thanos_receive_hashring_nodes"
        case .hashringTenants: "thanos_receive_hashring_tenants"
        case .hashringsFileChanges: "thanos_receive_hashrings_file_changes_total"
        case .hashringsFileErrors: "thanos_receive_hashrings_file_errors_total"
        case .hashringsFileRefreshes: "thanos_receive_hashrings_file_refreshes_total"
        case .replicationFactor: "thanos_receive_replication_factor"
        case .writeSamples: "thanos_receive_write_samples"
        case .writeTimeseries: "thanos_receive_write_timeseries"
        case .status: "thanos_status"
        }
    }

    var help: String {
        switch self {
        case .httpRequests: "Tracks the number of HTTP requests."
        case .buildVersion:
            "A metric with a constant '1' value labeled by version, revision, branch, "
                + "goversion from which thanos was built, and the goos and goarch for the build."
        case .configHash: "Hash of the currently loaded hashring configuration file."
        case .configLastReloadSuccessful:
            "Whether the last hashring configuration file reload attempt was successful."
        case .hashringNodes: "The number of nodes per hashring."
        case .hashringTenants: "The number of tenants per hashring."
        case .hashringsFileChanges:
            "The number of times the hashrings configuration file has changed."
        case .hashringsFileErrors:
            "The number of errors watching the hashrings configuration file."
        case .hashringsFileRefreshes:
            "The number of refreshes of the hashrings configuration file."
        case .replicationFactor:
            "The number of times to replicate incoming write requests."
        case .writeSamples: "The number of sampled received in the incoming write requests."
        case .writeTimeseries:
            "The number of timeseries received in the incoming write requests."
        case .status:
            "Represents status (0 indicates failure, 1 indicates success) of the component."
        }
    }

    var kind: Kind {
        switch self {
        case .httpRequests, .hashringsFileChanges, .hashringsFileErrors, .hashringsFileRefreshes:
            .counter
        case .buildVersion, .configHash, .configLastReloadSuccessful, .hashringNodes,
            .hashringTenants, .replicationFactor, .status:
            .gauge
        case .writeSamples, .writeTimeseries: .histogram
        }
    }
}
