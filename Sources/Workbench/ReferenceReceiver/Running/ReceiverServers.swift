import HTTPServing
import Hashrings
import ReceiveFlags
import TSDBStorage
import ThanosGRPC

/// The parts of a running receiver, from opening to closing.
struct ReceiverServers: Sendable {
    let flags: ParsedReceiveFlags
    let start: ReceiverStart
    let prepared: PreparedReceiver
    let environment: ReceiverEnvironment
    let log: ReceiverLog
    let metrics: ReceiverMetrics
    let probes: ProbeStatus
    let ring = InstalledRing()
    let limits: InstalledLimits
    let peers: PeerPool
    let connections: PeerConnections

    init(
        flags: ParsedReceiveFlags, start: ReceiverStart, prepared: PreparedReceiver,
        environment: ReceiverEnvironment, log: ReceiverLog, metrics: ReceiverMetrics
    ) {
        self.flags = flags
        self.start = start
        self.prepared = prepared
        self.environment = environment
        self.log = log
        self.metrics = metrics
        probes = ProbeStatus(log: log)
        limits = InstalledLimits(prepared.limits)
        var options = prepared.peers
        options.names = environment.names
        let connections = PeerConnections(options: options, metrics: metrics)
        self.connections = connections
        peers = PeerPool(
            limits: PeerLine.Limits(
                workers: max(flags.integer(of: "--receive.forward.async-workers") ?? 5, 1)),
            longestBackOff: flags.duration(of: "--receive-forward-max-backoff") ?? .seconds(5),
            surroundings: PeerPool.Surroundings(
                call: { await connections.call($0, $1, $2) }, now: Self.uptime,
                jitter: { Double.random(in: 0...1) }, onEvent: { metrics.count($0) }))
        metrics.describeBuild()
        metrics.showReceiver()
        metrics.set(.replicationFactor, to: Double(flags.replicationFactor ?? 1))
        metrics.show(prepared.limits)
        let storage = StorageMetrics(storage: prepared.storage)
        metrics.collect { storage.show(in: &$0) }
    }

    var faults: Faults { start.own.faults }

    /// Those that are opened.
    var ports: Set<ReceiverPort> {
        Set(ReceiverPort.allCases).subtracting(faults.contains(.refuse) ? [.remoteWrite] : [])
    }

    private static let beginning = ContinuousClock.now

    /// Time since the process first asked.
    private static let uptime: @Sendable () -> Duration = { ContinuousClock.now - beginning }

    /// Serves until cancelled; the first part that fails ends the others.
    func run() async throws(StartFailure) {
        let (bound, continuation) = AsyncStream<ReceiverPort>.makeStream()
        let onEvent = environment.onEvent
        let announce = { @Sendable (port: ReceiverPort, address: ListenAddress) in
            onEvent(.listening(port, address))
            continuation.yield(port)
        }
        let failure = await withTaskGroup(of: StartFailure?.self) { group in
            for part in Part.allCases {
                group.addTask { await outcome(of: part, announce, bound) }
            }
            var first: StartFailure?
            for await ended in group where first == nil {
                guard let ended else { continue }
                first = ended
                group.cancelAll()
            }
            return first
        }
        await close()
        guard let failure else { return }
        stop(because: failure.summary)
        throw failure
    }

    /// What runs side by side.
    private enum Part: CaseIterable {
        case admin, grpc, remoteWrite, supervision, forwarding, maintenance, uploads, limits
    }

    private func outcome(
        of part: Part, _ announce: @escaping Announce, _ bound: AsyncStream<ReceiverPort>
    ) async -> StartFailure? {
        do throws(StartFailure) {
            switch part {
            case .admin: try await serveAdmin(announce)
            case .grpc: try await serveGRPC(announce)
            case .remoteWrite: try await serveWrites(announce)
            case .supervision: try await supervise(bound)
            case .forwarding: await peers.run()
            case .maintenance: await maintain()
            case .uploads: await uploader?.run()
            case .limits: await followLimits()
            }
            return nil
        } catch {
            return error
        }
    }

    func stop(because reason: String?) {
        guard probes.current.isHealthy else { return }
        probes.becomeNotReady(because: reason)
        probes.becomeNotHealthy(because: reason)
    }

    func info(_ caller: String, _ fields: ReceiverLog.Field...) {
        log(.info, caller: caller, [("component", "receive")] + fields)
    }
}

extension ReceiverServers {
    var tenants: StoredTenants {
        StoredTenants(
            storage: prepared.storage, ring: ring, externalLabels: ExternalLabels(flags))
    }

    var status: TSDBStatusSource {
        TSDBStatusSource(storage: prepared.storage, ring: ring, settings: WriteSettings(flags))
    }

    var writePath: WritePath {
        let window = flags.tooFarInFutureTimeWindow.map { Int64($0 / .milliseconds(1)) } ?? 0
        let local =
            flags.mode.stores
            ? LocalWriter(
                storage: prepared.storage, futureWindow: window, log: log, now: environment.now,
                fullDisk: faults.contains(.diskFull)
                    ? FullDisk(folder: flags.tsdbPath, metrics: metrics) : nil)
            : nil
        return WritePath(
            settings: WriteSettings(flags), ring: ring,
            splitter: WriteSplitter(
                splitLabel: flags.splitTenantLabel, relabel: prepared.relabel),
            fanout: WriteFanout(
                settings: WriteFanout.Settings(
                    replicationFactor: flags.replicationFactor ?? 1,
                    localEndpoint: flags.localEndpoint,
                    timeout: flags.duration(of: "--receive-forward-timeout") ?? .seconds(5),
                    droppedReplicas: faults.droppedReplicas),
                local: local, peers: peers, now: Self.uptime,
                onLateFailure: { error in
                    log(
                        .debug, caller: "handler.go", ("component", "receive"),
                        ("component", "receive-handler"),
                        ("msg", "request failed, but not needed to achieve quorum"),
                        ("err", error.text))
                }),
            limits: limits, metrics: metrics, log: log)
    }

    /// Nil without a bucket, and in a router, which has no blocks.
    var uploader: Uploader? {
        guard flags.mode.stores, let bucket = prepared.bucket else { return nil }
        return Uploader(
            tenants: tenants, store: bucket,
            hashesFiles: flags.text(of: "--hash-func") == "SHA256", metrics: metrics, log: log,
            now: environment.now)
    }
}
