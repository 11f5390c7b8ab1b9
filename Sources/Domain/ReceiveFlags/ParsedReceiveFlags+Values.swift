extension ParsedReceiveFlags {
    /// The place where a flag was given; the last, if it was given twice.
    package func occurrence(of name: String) -> FlagOccurrence? {
        occurrences.last { $0.name == name }
    }

    package func isGiven(_ name: String) -> Bool {
        occurrence(of: name) != nil
    }

    /// The flag's text, or its default; nil when neither exists.
    package func text(of name: String) -> String? {
        occurrence(of: name)?.value ?? ReceiveFlagSpec.named(name)?.defaultText
    }

    package func texts(of name: String) -> [String] {
        occurrences.filter { $0.name == name }.map(\.value)
    }

    /// The flag's truth; false for one that is not boolean.
    package func isOn(_ name: String) -> Bool {
        text(of: name) == "true"
    }

    /// The flag's number, or nil when it is none.
    package func integer(of name: String) -> Int? {
        guard let text = text(of: name) else { return nil }
        return Int(text) ?? Double(text).flatMap { Int(exactly: $0.rounded(.towardZero)) }
    }

    /// The flag's duration, or nil when the text is none.
    package func duration(of name: String) -> Duration? {
        guard let text = text(of: name) else { return nil }
        return switch ReceiveFlagSpec.named(name)?.kind {
        case .goDuration: FlagValue.goDuration(text)
        case .duration: FlagValue.prometheusDuration(text)
        case .text, .boolean, .integer, .unsignedInteger, .decimal, .byteCount, .choice, nil: nil
        }
    }

    package func byteCount(of name: String) -> Int64? {
        text(of: name).flatMap(FlagValue.byteCount)
    }

    private func nonEmpty(_ name: String) -> String? {
        guard let text = text(of: name), !text.isEmpty else { return nil }
        return text
    }
}

extension ParsedReceiveFlags {
    package var remoteWriteAddress: String { text(of: "--remote-write.address") ?? "" }
    package var httpAddress: String { text(of: "--http-address") ?? "" }
    package var grpcAddress: String { text(of: "--grpc-address") ?? "" }
    package var capnprotoAddress: String { text(of: "--receive.capnproto-address") ?? "" }

    package var tsdbPath: String { text(of: "--tsdb.path") ?? "" }
    package var tsdbRetention: Duration? { duration(of: "--tsdb.retention") }
    package var minBlockDuration: Duration? { duration(of: "--tsdb.min-block-duration") }
    package var maxBlockDuration: Duration? { duration(of: "--tsdb.max-block-duration") }
    package var outOfOrderTimeWindow: Duration? { duration(of: "--tsdb.out-of-order.time-window") }
    package var tooFarInFutureTimeWindow: Duration? {
        duration(of: "--tsdb.too-far-in-future.time-window")
    }

    /// The path of the watched file; nil when unset or empty.
    package var hashringsFile: String? { nonEmpty("--receive.hashrings-file") }
    /// The inline JSON; nil when unset or empty.
    package var hashrings: String? { nonEmpty("--receive.hashrings") }
    package var hashringsAlgorithm: String { text(of: "--receive.hashrings-algorithm") ?? "" }
    package var hashringsFileRefreshInterval: Duration? {
        duration(of: "--receive.hashrings-file-refresh-interval")
    }
    package var localEndpoint: String? { nonEmpty("--receive.local-endpoint") }
    package var replicationFactor: Int? { integer(of: "--receive.replication-factor") }

    package var tenantHeader: String { text(of: "--receive.tenant-header") ?? "" }
    package var tenantCertificateField: String? { nonEmpty("--receive.tenant-certificate-field") }
    package var defaultTenantID: String { text(of: "--receive.default-tenant-id") ?? "" }
    package var splitTenantLabel: String? { nonEmpty("--receive.split-tenant-label-name") }
    package var tenantLabelName: String { text(of: "--receive.tenant-label-name") ?? "" }
    package var replicaHeader: String { text(of: "--receive.replica-header") ?? "" }

    package var objstoreConfigFile: String? { nonEmpty("--objstore.config-file") }
    package var objstoreConfig: String? { nonEmpty("--objstore.config") }
    package var limitsConfigFile: String? { nonEmpty("--receive.limits-config-file") }
    package var limitsConfig: String? { nonEmpty("--receive.limits-config") }
    package var relabelConfigFile: String? { nonEmpty("--receive.relabel-config-file") }
    package var relabelConfig: String? { nonEmpty("--receive.relabel-config") }

    package var logLevel: String { text(of: "--log.level") ?? "" }
    package var logFormat: String { text(of: "--log.format") ?? "" }
    package var httpGracePeriod: Duration? { duration(of: "--http-grace-period") }
    package var grpcGracePeriod: Duration? { duration(of: "--grpc-grace-period") }

    /// The external labels that could be read, in the order given.
    package var labels: [ExternalLabel] {
        // A label that cannot be read is among the problems.
        texts(of: "--label").compactMap { try? ExternalLabel(parsing: $0) }
    }

    /// The parts that a receiver plays, which Thanos derives from two flags.
    package var mode: ReceiverMode {
        guard hashringsFile != nil || hashrings != nil else { return .ingestorOnly }
        return localEndpoint == nil ? .routerOnly : .routerIngestor
    }
}
