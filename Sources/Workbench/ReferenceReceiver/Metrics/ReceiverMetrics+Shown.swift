/// What is shown at zero before anything happened, as client_golang shows what was registered.
extension ReceiverMetrics {
    /// Histograms that come too early or too late are shown with the first one.
    private static let floatsOnly: Set<MetricFamily> = [.tsdbOutOfBoundSamples, .tsdbTooOldSamples]
    private static let results = ["error", "success"]
    private static let limits = ["body_size", "samples", "series"]

    /// Shows the families of every receiver; those of the ring's file are `describe`'s.
    func showReceiver() {
        let always =
            MetricFamily.receiverFamilies + MetricFamily.replicationFamilies
            + MetricFamily.storeFamilies
        for family in always where family.labelNames.isEmpty { series(family) }
        for result in Self.results {
            series(.forwardRequests, [("result", result)])
            series(.replications, [("result", result)])
        }
        series(.limitsConfigReloads)
        series(.limitsConfigReloadErrors)
        for limit in Self.limits { series(.writeLimits, [("limit", limit), ("tenant", "")]) }
        showGRPCServer()
        collect { ProcessReading.now()?.show(in: &$0) }
    }

    /// Shows the families of a tenant's TSDB, from its opening on.
    func showTSDB(of tenant: String) {
        for family in MetricFamily.tsdbFamilies {
            let labels = [(name: "tenant", value: tenant)]
            switch family.labelNames {
            case ["tenant", "type"]:
                series(family, labels + [("type", "float")])
                guard !Self.floatsOnly.contains(family) else { continue }
                series(family, labels + [("type", "histogram")])
            case ["compression", "tenant"]:
                series(family, labels + [("compression", "snappy")])
            default:
                series(family, labels)
            }
        }
        set(.tsdbCleanStart, [("tenant", tenant)], to: 1)
    }

    /// Shows the families of a tenant's uploads, which exist with a bucket only.
    func showShipper(of tenant: String) {
        for family in MetricFamily.shipperFamilies { series(family, [("tenant", tenant)]) }
    }

    /// Stops showing a tenant that was pruned.
    func forgetTenant(_ tenant: String) {
        forget(
            MetricFamily.tsdbFamilies + MetricFamily.shipperFamilies, where: "tenant", is: tenant)
    }

    /// Shows the families of a bucket (`WrapWithMetrics` in thanos-io/objstore).
    func showBucket(_ bucket: String) {
        let moving = ["get", "get_range", "upload"]
        for operation in moving + ["attributes", "delete", "exists", "iter"] {
            let labels = [(name: "bucket", value: bucket), (name: "operation", value: operation)]
            for family in MetricFamily.objectStoreFamilies
            where family != .objstoreBucketOperationTransferredBytes || moving.contains(operation) {
                series(family, labels)
            }
        }
    }

    private func showGRPCServer() {
        series(.grpcPanicsRecovered)
        for method in GRPCMethod.served {
            for family in MetricFamily.grpcServerFamilies { series(family, method.labels) }
            for code in GRPCMethod.codes {
                series(.grpcServerHandled, method.labels + [("grpc_code", code)])
            }
        }
    }
}

extension MetricFamily {
    /// Everything that the TSDB of one tenant counts.
    static let tsdbFamilies = headFamilies + walFamilies + blocksFamilies + exemplarsFamilies
}
