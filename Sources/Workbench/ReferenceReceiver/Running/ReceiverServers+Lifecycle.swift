import HTTPServing
import Hashrings
import ObjectStore
import ReceiveFlags
import TSDBStorage

/// From the first ring to the last block.
extension ReceiverServers {
    /// Installs the rings when all ports are open, follows their file, and withdraws readiness
    /// when told to stop.
    func supervise(_ bound: AsyncStream<ReceiverPort>) async throws(StartFailure) {
        var open: Set<ReceiverPort> = []
        for await port in bound {
            open.insert(port)
            if open == ports { break }
        }
        guard open == ports else { return }
        switch prepared.ring.source {
        case .singleNode:
            info(
                "receive.go:627",
                ("msg", "Empty hashring config. Set up single node hashring."))
            try await install(.singleNode, isFirst: true)
        case .inline(let configuration):
            let rings = try prepared.ring.rings(of: configuration)
            info("receive.go:632", ("msg", "Set up hashring for the given hashring config."))
            try await install(rings, isFirst: true)
        case .file(let path):
            return try await follow(path)
        }
        // The stream ends with the task.
        for await _ in bound {}
        stop(because: nil)
    }

    private func follow(_ path: String) async throws(StartFailure) {
        let metrics = metrics
        let updates = try prepared.ring.watch(path, log: log, now: environment.now) {
            metrics.show($0)
        }
        var isFirst = true
        for await update in updates {
            let rings = try update.get()
            info("receive.go:632", ("msg", "Set up hashring for the given hashring config."))
            try await install(.rings(rings), isFirst: isFirst)
            isFirst = false
        }
        guard Task.isCancelled else {
            throw StartFailure(.running, "hashring config watcher stopped unexpectedly")
        }
        stop(because: nil)
    }

    /// Makes rings those in use; with hashmod what is in memory is cut into blocks first, because
    /// series may go to other nodes from now on (`setupHashring` in cmd/thanos/receive.go).
    private func install(_ newer: ServedRing, isFirst: Bool) async throws(StartFailure) {
        let reopens = flags.mode.stores && (isFirst || prepared.ring.algorithm == .hashmod)
        if reopens {
            ring.install(nil)
            let reason = "hashring has changed; server is not ready to receive requests"
            probes.becomeNotReady(because: reason)
            info("receive.go:730", ("msg", reason))
            try await reopen(isFirst: isFirst)
        }
        if faults.contains(.notReady) { return }
        peers.reset()
        ring.install(newer)
        if reopens {
            _ = await uploader?.pass()
            info(
                "receive.go:760",
                (
                    "msg",
                    "storage started, and server is ready to receive requests"
                ))
        }
        probes.becomeReady()
        if isFirst { environment.onEvent(.ready) }
    }

    private func reopen(isFirst: Bool) async throws(StartFailure) {
        metrics.add(to: .multiDBUpdatesAttempted)
        info("receive.go:745", ("msg", "updating storage"))
        let storage = prepared.storage
        do throws(StorageError) {
            try await BlockingWork.value { () throws(StorageError) in
                if isFirst {
                    try storage.openAll()
                } else {
                    for database in storage.all { database.flush() }
                }
            }
        } catch {
            throw StartFailure(.running, error.message, "opening storage")
        }
        for database in storage.all { metrics.showTSDB(of: database.tenant) }
        metrics.add(to: .multiDBUpdatesCompleted)
    }

    /// Cuts blocks and deletes old ones, from time to time.
    func maintain() async {
        guard flags.mode.stores else { return }
        let storage = prepared.storage
        while (try? await Task.sleep(for: prepared.maintenanceInterval)) != nil {
            await BlockingWork.value { storage.maintain() }
        }
    }

    func followLimits() async {
        guard let path = flags.limitsConfigFile else { return }
        let metrics = metrics
        let watch = start.limitsWatch(path) { reloads in
            metrics.set(.limitsConfigReloads, to: Double(reloads))
        }
        for await newer in watch.updates(after: prepared.limits) {
            limits.install(newer)
            metrics.show(newer)
        }
    }

    /// Cuts the last blocks and ships them, although the task is cancelled.
    func close() async {
        let (storage, uploader, connections) = (prepared.storage, uploader, connections)
        guard flags.mode.stores else {
            return await shielded(orElse: ()) { await connections.close() }
        }
        info("receive.go:690", ("msg", "shutting down storage"))
        await shielded(orElse: ()) {
            await connections.close()
            await BlockingWork.value { storage.flush() }
        }
        info("receive.go:700", ("msg", "storage is flushed successfully"))
        await shielded(orElse: ()) { await uploader?.finish() }
        await shielded(orElse: ()) { await BlockingWork.value { storage.close() } }
        info("receive.go:706", ("msg", "storage is closed"))
    }
}
