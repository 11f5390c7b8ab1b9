import Hashrings
import MarkedYAML

extension ReceiverMetrics {
    /// The version that is copied; a real binary adds where it was built.
    func describeBuild() {
        set(
            .buildVersion,
            [
                ("branch", ""), ("goarch", "amd64"), ("goos", "linux"), ("goversion", ""),
                ("revision", ""), ("tags", ""), ("version", "0.41.0"),
            ], to: 1)
    }

    /// What is known from the flags; the file's gauges exist only with a file, as in Thanos.
    func describe(_ setup: HashringSetup.Outcome, replicationFactor: Int) {
        set(.replicationFactor, to: Double(replicationFactor))
        guard let file = setup.file, case .configured(let configuration, _) = setup.ring else {
            return
        }
        for ring in configuration.rings {
            let labels = [(name: "name", value: ring.name?.value ?? "")]
            set(.hashringNodes, labels, to: Double(ring.endpoints.count))
            set(.hashringTenants, labels, to: Double(ring.tenants.count))
        }
        // 48 bits, little-endian, so that a float holds them (`hashAsMetricValue` in config.go).
        let hash = SHA256.digest(file).prefix(6).reversed().reduce(UInt64(0)) {
            $0 << 8 | UInt64($1)
        }
        set(.configHash, to: Double(hash))
        set(.configLastReloadSuccessful, to: 1)
        set(.hashringsFileChanges, to: 1)
        set(.hashringsFileErrors, to: 0)
        set(.hashringsFileRefreshes, to: 1)
    }
}
