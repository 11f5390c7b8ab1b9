import CurlHTTP
import Digests
import LabelMatching
import MarkedYAML
import ObjectStore
import ReceiveFlags
import Relabelling
import TSDBStorage
import ThanosGRPC
import TimeSeries

/// What a receiver consists of when its flags and files have been read.
struct PreparedReceiver: Sendable {
    let ring: HashringSetup
    let storage: TenantStorage
    let maintenanceInterval: Duration
    let limits: WriteLimits
    let relabel: (@Sendable (LabelSet) -> LabelSet?)?
    /// Nil without a bucket.
    let bucket: (any ObjectStore)?
    let writeTLS: ServerTLS?
    let grpcTLS: ServerTLS?
    let adminTLS: ServerTLS?
    let peers: PeerOptions
}

/// What happens before any port opens, in Thanos' order (`runReceive` in cmd/thanos/receive.go).
struct ReceiverStart {
    let flags: ParsedReceiveFlags
    let own: OwnFlags
    let files: LocalFiles
    let log: ReceiverLog
    let metrics: ReceiverMetrics
    let now: @Sendable () -> WallTime

    /// The mode of the default tenant's folder up to 0.41.
    private static let tenantFolderMode: UInt32 = 0o750
    /// A flag's file beyond this is refused.
    private static let fileLimit = 16 << 20

    func prepare() async throws(StartFailure) -> PreparedReceiver {
        try requireLabels()
        info("receive.go:143", ("mode", flags.mode.rawValue), ("msg", "running receive"))
        warnOfFaults()
        let writeTLS =
            try own.faults.contains(.tlsExpired)
            ? expiredTLS() : tls(.remoteWrite(flags))
        warnOfFlagsWithoutEffect()
        let bucket = try await bucket()
        if bucket == nil, flags.mode.stores {
            info(
                "receive.go:210",
                ("msg", "no supported bucket was configured, uploads will be disabled"))
        }
        let relabel = try relabelling()
        try createDefaultTenantFolder()
        let limits = try limits()
        log(
            .info, caller: "handler.go:167", ("component", "receive"),
            ("component", "receive-handler"),
            ("msg", "Starting receive handler with async forward workers"),
            ("workers", flags.text(of: "--receive.forward.async-workers")))
        let ring = try HashringSetup(flags: flags, files: files)
        let grpcTLS = try tls(.grpc(flags))
        let adminTLS =
            try flags.text(of: "--http.config").flatMap { $0.isEmpty ? nil : $0 }
            .map { path throws(StartFailure) in
                try WebConfiguration(path: path, files: files).load()
            } ?? nil
        info("receive.go:543", ("msg", "starting receiver"))
        let plan = StoragePlan(
            flags: flags, files: files, syncsLog: own.syncsLog, ships: bucket != nil)
        return PreparedReceiver(
            ring: ring, storage: plan.storage(log: log),
            maintenanceInterval: plan.maintenanceInterval, limits: limits, relabel: relabel,
            bucket: bucket, writeTLS: writeTLS, grpcTLS: grpcTLS, adminTLS: adminTLS,
            peers: try PeerOptions(flags, files: files))
    }

    private func requireLabels() throws(StartFailure) {
        if let problem = flags.problems.first(where: { $0.stage == .preparing }) {
            throw StartFailure(.preparing, texts: [problem.message] + problem.wraps)
        }
        guard flags.labels.isEmpty else { return }
        throw StartFailure(
            .preparing,
            "no external labels configured for receive, uniquely identifying external labels must "
                + "be configured (ideally with `receive_` prefix); see "
                + "https://thanos.io/tip/thanos/storage.md#external-labels for details.")
    }

    private func tls(_ flags: TLSFlags) throws(StartFailure) -> ServerTLS? {
        try ReceiverTLS(flags: flags, files: files, log: log).load()
    }

    /// `createDefautTenantTSDB`, which up to 0.41 runs in every mode.
    private func createDefaultTenantFolder() throws(StartFailure) {
        let folder = SlashPath.joined(flags.tsdbPath, flags.defaultTenantID)
        guard files.isReadOnly || !files.mayExist(folder) else {
            info(
                "receive.go:835",
                ("msg", "default tenant data dir already present, will not create"))
            return
        }
        info(
            "receive.go:844", ("msg", "default tenant data dir not found, creating"),
            ("defaultTenantID", flags.defaultTenantID))
        do throws(LocalFiles.Failure) {
            try files.makeDirectories(folder, mode: Self.tenantFolderMode)
        } catch {
            throw StartFailure(
                .preparing, error.message, "create default tenant data dir: \(folder)",
                "create default tenant tsdb in \(flags.tsdbPath)")
        }
    }

    private func info(_ caller: String, _ fields: ReceiverLog.Field...) {
        log(.info, caller: caller, [("component", "receive")] + fields)
    }
}

extension ReceiverStart {
    /// The text of a pair of flags: a file, or its content.
    private func content(
        file: String?, inline: String?, flag: String
    ) throws(StartFailure) -> SourceText? {
        guard let file else { return inline.map { SourceText(name: flag, text: $0) } }
        do throws(LocalFiles.Failure) {
            return SourceText(name: file, bytes: try files.read(file, limit: Self.fileLimit))
        } catch {
            throw StartFailure(
                .preparing, error.message, "loading file \(file) for \(flag.dropFirst(2))")
        }
    }

    private func bucket() async throws(StartFailure) -> (any ObjectStore)? {
        let text = try content(
            file: flags.objstoreConfigFile, inline: flags.objstoreConfig, flag: "--objstore.config")
        guard let text, !text.bytes.isEmpty else { return nil }
        do throws(ObjectStoreError) {
            let store = try await ObjectStoreConfiguration(yaml: text)
                .makeStore(transport: CurlClient(), environment: [:])
            metrics.showBucket(store.name)
            let (metrics, now, name) = (metrics, now, store.name)
            return ObservedObjectStore(store) { operation, error in
                let labels = [
                    (name: "bucket", value: name), (name: "operation", value: operation.rawValue),
                ]
                metrics.add(to: .objstoreBucketOperations, labels)
                if error != nil { metrics.add(to: .objstoreBucketOperationFailures, labels) }
                guard operation == .upload, error == nil else { return }
                metrics.set(
                    .objstoreBucketLastSuccessfulUploadTime, [("bucket", name)],
                    to: Double(now().milliseconds) / 1000)
            }
        } catch {
            throw StartFailure(.preparing, texts: error.texts)
        }
    }

    private func relabelling() throws(StartFailure) -> (@Sendable (LabelSet) -> LabelSet?)? {
        let text = try content(
            file: flags.relabelConfigFile, inline: flags.relabelConfig,
            flag: "--receive.relabel-config")
        guard let text else { return nil }
        do throws(RelabelError) {
            let rules = try RelabelRules(
                yaml: text, md5: { MD5.digest($0) })
            guard !rules.isEmpty else { return nil }
            return { rules.relabel($0) }
        } catch {
            throw StartFailure(.preparing, error.message, "parse relabel configuration")
        }
    }

    private func limits() throws(StartFailure) -> WriteLimits {
        do throws(WriteLimits.Failure) {
            if let path = flags.limitsConfigFile {
                return try limitsWatch(path, onReloads: { _ in }).load()
            }
            guard let inline = flags.limitsConfig else { return .none }
            return try WriteLimits(
                yaml: SourceText(name: "--receive.limits-config", text: inline))
        } catch {
            throw StartFailure(.preparing, texts: error.texts)
        }
    }

    func limitsWatch(
        _ path: String, onReloads: @escaping @Sendable (Int) -> Void
    ) -> LimitsWatch {
        LimitsWatch(
            path: path, files: files,
            interval: flags.duration(of: "--receive.limits-config-reload-timer"), log: log,
            onReloads: onReloads)
    }
}

extension ReceiverStart {
    /// Flags whose value nothing here depends on; a default that is merely repeated needs no word.
    private static let withoutEffect: Set<String> = [
        "--debug.name", "--tracing.config-file", "--tracing.config", "--enable-auto-gomemlimit",
        "--auto-gomemlimit.ratio", "--grpc-server-tls-ciphers",
        "--grpc-server-tls-curves", "--grpc-server-tls-min-version",
        "--store.limits.request-series", "--store.limits.request-samples",
        "--remote-write.server-tls-ciphers", "--remote-write.server-tls-curves",
        "--remote-write.client-tls-min-version", "--request.logging-config-file",
        "--request.logging-config", "--enable-feature", "--receive.replication-protocol",
        "--receive.capnproto-address", "--receive.grpc-service-config",
        "--receive.artificial-max-delay", "--receive.otlp-enable-target-info",
        "--receive.otlp-promote-resource-attributes",
        "--receive.lazy-retrieval-max-buffered-responses", "--tsdb.max-block-duration",
        "--tsdb.out-of-order.cap-max", "--tsdb.allow-overlapping-blocks",
        "--tsdb.max-retention-bytes", "--tsdb.wal-compression", "--tsdb.no-lockfile",
        "--tsdb.head.expanded-postings-cache-size", "--tsdb.block.expanded-postings-cache-size",
        "--tsdb.max-exemplars", "--tsdb.write-queue-size", "--tsdb.memory-snapshot-on-shutdown",
        "--tsdb.enable-native-histograms", "--shipper.ignore-unequal-block-size",
        "--shipper.allow-out-of-order-uploads", "--shipper.skip-corrupted-blocks",
        "--shipper.upload-concurrency", "--matcher-cache-size", "--writer.intern",
    ]

    /// Says once what this receiver does not do, so that nobody takes its silence for Thanos'.
    private func warnOfFlagsWithoutEffect() {
        for name in Set(flags.occurrences.map(\.name)).intersection(Self.withoutEffect).sorted() {
            guard flags.text(of: name) != ReceiveFlagSpec.named(name)?.defaultText else {
                continue
            }
            log(
                .warn, caller: "reference-receiver", ("component", "receive"),
                ("msg", "flag has no effect in the reference receiver"), ("flag", name))
        }
    }
}
