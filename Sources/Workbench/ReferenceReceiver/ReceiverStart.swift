import ReceiveFlags

/// What happens before any port opens, in Thanos' order (`runReceive` in cmd/thanos/receive.go).
struct ReceiverStart {
    let flags: ParsedReceiveFlags
    let files: LocalFiles
    let log: ReceiverLog

    /// The mode of the default tenant's folder up to 0.41.
    private static let tenantFolderMode: UInt32 = 0o750

    func prepare() throws(StartFailure) -> HashringSetup.Outcome {
        try requireLabels()
        info("receive.go:143", ("mode", flags.mode.rawValue), ("msg", "running receive"))
        info(
            "options.go:29", ("protocol", "HTTP"),
            ("msg", "disabled TLS, key and cert must be set to enable"))
        warnOfThisSlice()
        let hasBucket = flags.objstoreConfigFile != nil || flags.objstoreConfig != nil
        if flags.mode.stores, !hasBucket {
            info(
                "receive.go:210",
                ("msg", "no supported bucket was configured, uploads will be disabled"))
        }
        try createDefaultTenantFolder()
        log(
            .info, caller: "handler.go:167", ("component", "receive"),
            ("component", "receive-handler"),
            ("msg", "Starting receive handler with async forward workers"),
            ("workers", flags.text(of: "--receive.forward.async-workers")))
        let setup = try HashringSetup(flags: flags, files: files).load()
        info(
            "options.go:29", ("protocol", "gRPC"),
            ("msg", "disabled TLS, key and cert must be set to enable"))
        info("receive.go:543", ("msg", "starting receiver"))
        return setup
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

    /// `createDefautTenantTSDB`, which up to 0.41 runs in every mode.
    private func createDefaultTenantFolder() throws(StartFailure) {
        let folder = SlashPath.joined(flags.tsdbPath, flags.defaultTenantID)
        guard !files.mayExist(folder) else {
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
    /// Flags that this slice obeys; a default that is merely repeated is not worth a warning.
    private static let obeyed: Set<String> = [
        "--log.level", "--log.format", "--http-address", "--grpc-address", "--http-grace-period",
        "--remote-write.address", "--tsdb.path", "--label", "--receive.hashrings",
        "--receive.hashrings-file", "--receive.hashrings-algorithm", "--receive.local-endpoint",
        "--receive.replication-factor", "--receive.tenant-header",
        "--receive.default-tenant-id", "--receive.split-tenant-label-name",
        "--receive.replica-header",
    ]

    /// Says once what this receiver does not do, so that nobody takes its silence for Thanos'.
    private func warnOfThisSlice() {
        warn("samples are decoded, counted and discarded: nothing is stored or forwarded", nil)
        for name in Set(flags.occurrences.map(\.name)).subtracting(Self.obeyed).sorted() {
            guard flags.text(of: name) != ReceiveFlagSpec.named(name)?.defaultText else {
                continue
            }
            warn("flag has no effect in the reference receiver", name)
        }
    }

    private func warn(_ message: String, _ flag: String?) {
        let fields: [ReceiverLog.Field] = flag.map { [("flag", $0)] } ?? []
        log(
            .warn, caller: "reference-receiver",
            [("component", "receive"), ("msg", message)] + fields)
    }
}
