import HTTPServing
import Hashrings
import ReceiveFlags

/// The three ports of a running receiver, from opening to closing.
struct ReceiverServers: Sendable {
    private let flags: ParsedReceiveFlags
    private let log: ReceiverLog
    private let onEvent: @Sendable (ReceiverEvent) -> Void
    private let setup: HashringSetup.Outcome
    private let metrics = ReceiverMetrics()
    private let ring = InstalledRing()
    private let probes: ProbeStatus

    init(
        flags: ParsedReceiveFlags, log: ReceiverLog,
        onEvent: @escaping @Sendable (ReceiverEvent) -> Void, setup: HashringSetup.Outcome
    ) {
        self.flags = flags
        self.log = log
        self.onEvent = onEvent
        self.setup = setup
        probes = ProbeStatus(log: log)
        metrics.describeBuild()
        metrics.describe(setup, replicationFactor: flags.replicationFactor ?? 1)
    }

    /// Serves until cancelled; the first port or ring that fails ends the others.
    func run() async throws(StartFailure) {
        let (bound, continuation) = AsyncStream<ReceiverPort>.makeStream()
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
        guard let failure else { return }
        stop(because: failure.summary)
        throw failure
    }

    /// What runs side by side.
    private enum Part: CaseIterable {
        case admin, grpc, remoteWrite, supervision
    }

    private func outcome(
        of part: Part, _ announce: @escaping Announce, _ bound: AsyncStream<ReceiverPort>
    ) async -> StartFailure? {
        do throws(StartFailure) {
            switch part {
            case .admin: try await serveAdmin(announce)
            case .grpc: try await acceptGRPC(announce)
            case .remoteWrite: try await serveWrites(announce)
            case .supervision: try await supervise(bound)
            }
            return nil
        } catch {
            return error
        }
    }

    /// Installs the ring when all ports are open, and withdraws readiness when told to stop.
    private func supervise(_ bound: AsyncStream<ReceiverPort>) async throws(StartFailure) {
        var open: Set<ReceiverPort> = []
        for await port in bound {
            open.insert(port)
            guard open.count == ReceiverPort.allCases.count else { continue }
            try install()
            onEvent(.ready)
        }
        // The stream ends with the task.
        guard open.count == ReceiverPort.allCases.count else { return }
        stop(because: nil)
    }

    private func stop(because reason: String?) {
        guard probes.current.isHealthy else { return }
        probes.becomeNotReady(because: reason)
        probes.becomeNotHealthy(because: reason)
    }

    private func install() throws(StartFailure) {
        let factor = flags.replicationFactor ?? 1
        if let error = setup.ring.constructionError(replicationFactor: factor) {
            throw StartFailure(building: error)
        }
        switch setup.ring {
        case .singleNode:
            info(
                "receive.go:627",
                ("msg", "Empty hashring config. Set up single node hashring."))
        case .configured:
            info(
                "receive.go:632", ("msg", "Set up hashring for the given hashring config."))
        }
        ring.install(setup.ring)
        if flags.mode.stores { announceStorage() }
        probes.becomeReady()
    }

    /// A receiver that stores passes through "not ready" for every ring; here there is no TSDB
    /// to open, which the lines about it would pretend.
    private func announceStorage() {
        let reason = "hashring has changed; server is not ready to receive requests"
        probes.becomeNotReady(because: reason)
        info("receive.go:730", ("msg", reason))
    }

    private func info(_ caller: String, _ fields: ReceiverLog.Field...) {
        log(.info, caller: caller, [("component", "receive")] + fields)
    }
}

extension ReceiverServers {
    private typealias Announce = @Sendable (ReceiverPort, ListenAddress) -> Void

    private func serveAdmin(_ announce: @escaping Announce) async throws(StartFailure) {
        let endpoint = AdminEndpoint(probes: probes, metrics: metrics)
        let options = ServerOptions(
            address: try GoAddress.listening(flags.httpAddress, wraps: []),
            gracePeriod: flags.httpGracePeriod ?? .seconds(120))
        probes.becomeHealthy()
        log(
            .info, caller: "http.go:72", ("component", "receive"), ("service", "http/server"),
            ("component", "receive"), ("msg", "listening for requests and metrics"),
            ("address", flags.httpAddress))
        do throws(ServingError) {
            try await serve(
                options, onBound: { announce(.admin, $0) },
                respond: { await endpoint.respond(to: $0) })
        } catch {
            throw StartFailure(listening: error, at: flags.httpAddress, wraps: [])
        }
    }

    private func acceptGRPC(_ announce: @escaping Announce) async throws(StartFailure) {
        let wraps = ["listen gRPC on address \(flags.grpcAddress)"]
        let address = try GoAddress.listening(flags.grpcAddress, wraps: wraps)
        info(
            "receive.go:444", ("msg", "listening for StoreAPI and WritableStoreAPI gRPC"),
            ("address", flags.grpcAddress))
        do throws(ServingError) {
            try await TCPAcceptor.run(address, onBound: { announce(.grpc, $0) })
        } catch {
            throw StartFailure(listening: error, at: flags.grpcAddress, wraps: wraps)
        }
    }

    private func serveWrites(_ announce: @escaping Announce) async throws(StartFailure) {
        let wraps = ["error starting web server"]
        let address = try GoAddress.listening(flags.remoteWriteAddress, wraps: wraps)
        let endpoint = WriteEndpoint(
            settings: WriteSettings(flags), ring: ring, metrics: metrics, log: log)
        for (caller, message) in [
            ("handler.go:452", "Start listening for connections"),
            ("handler.go:470", "Serving plain HTTP"),
        ] {
            log(
                .info, caller: caller, ("component", "receive"),
                ("component", "receive-handler"), ("msg", message),
                ("address", flags.remoteWriteAddress))
        }
        do throws(ServingError) {
            try await serve(
                ServerOptions(address: address), onBound: { announce(.remoteWrite, $0) },
                respond: { await endpoint.respond(to: $0) })
        } catch {
            throw StartFailure(listening: error, at: flags.remoteWriteAddress, wraps: wraps)
        }
    }
}
