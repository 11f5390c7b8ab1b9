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

    /// What is known of the ring's file; these families exist only with a file, as in Thanos.
    func show(_ status: HashringFileStatus) {
        for (name, count) in status.nodes {
            set(.hashringNodes, [("name", name)], to: Double(count))
        }
        for (name, count) in status.tenants {
            set(.hashringTenants, [("name", name)], to: Double(count))
        }
        set(.configHash, to: status.configHash)
        set(.configLastReloadSuccessful, to: status.lastReload == nil ? 0 : 1)
        set(
            .configLastReloadSuccessTime,
            to: (status.lastReload.map { Double($0.milliseconds) } ?? 0) / 1000)
        set(.hashringsFileChanges, to: Double(status.changes))
        set(.hashringsFileErrors, to: Double(status.errors))
        set(.hashringsFileRefreshes, to: Double(status.refreshes))
    }

    func show(_ limits: WriteLimits) {
        for gauge in limits.gauges {
            set(
                .writeLimits, [("limit", gauge.limit.rawValue), ("tenant", gauge.tenant)],
                to: Double(gauge.value))
        }
        for (tenant, limit) in limits.headSeries.tenants {
            set(.headSeriesLimit, [("tenant", tenant)], to: Double(limit))
        }
    }

    /// What forwarding has done.
    func count(_ event: ForwardEvent) {
        switch event {
        case .waited(let duration): observe(duration / .seconds(1), in: .forwardDelaySeconds)
        case .called(let isSuccess, let isReplicated):
            let labels = [(name: "result", value: isSuccess ? "success" : "error")]
            add(to: .forwardRequests, labels)
            if !isReplicated { add(to: .replications, labels) }
        }
    }
}
