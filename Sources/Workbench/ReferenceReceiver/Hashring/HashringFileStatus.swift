import Hashrings
import MarkedYAML

/// What the metrics tell of a hashring file.
struct HashringFileStatus: Hashable, Sendable {
    /// `thanos_receive_hashrings_file_refreshes_total`: how often it was read.
    var refreshes = 0
    /// `thanos_receive_hashrings_file_errors_total`: how often that failed.
    var errors = 0
    /// `thanos_receive_hashrings_file_changes_total`: how often it was another one.
    var changes = 0
    /// `thanos_receive_config_hash`, 0 before the first success.
    var configHash = 0.0
    /// `thanos_receive_config_last_reload_success_timestamp_seconds`, moved by a change only.
    ///
    /// While there is one, `thanos_receive_config_last_reload_successful` is 1: like Thanos, it
    /// never goes back.
    var lastReload: WallTime?
    /// `thanos_receive_hashring_nodes` by ring; rings that are gone stay.
    var nodes: [String: Int] = [:]
    /// `thanos_receive_hashring_tenants` by ring.
    var tenants: [String: Int] = [:]

    mutating func take(_ reading: HashringFileReading, at time: WallTime) {
        changes += 1
        configHash = reading.fingerprint
        lastReload = time
        for ring in reading.configuration.rings {
            let name = ring.name?.value ?? ""
            nodes[name] = ring.endpoints.count
            tenants[name] = ring.tenants.count
        }
    }
}
