import HTTPServing
import ReceiveFlags
import ThanosGRPC

/// The three ports, each served until it is cancelled.
extension ReceiverServers {
    typealias Announce = @Sendable (ReceiverPort, ListenAddress) -> Void

    func serveAdmin(_ announce: @escaping Announce) async throws(StartFailure) {
        let endpoint = AdminEndpoint(
            probes: probes, metrics: metrics,
            queries: QueryEndpoint(tenants: tenants, status: status, now: environment.now))
        var options = ServerOptions(
            address: try GoAddress.listening(flags.httpAddress, wraps: []),
            gracePeriod: flags.httpGracePeriod ?? .seconds(120), clockSkew: faults.skew)
        options.apply(prepared.adminTLS)
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

    func serveGRPC(_ announce: @escaping Announce) async throws(StartFailure) {
        let wraps = ["listen gRPC on address \(flags.grpcAddress)"]
        let services = ReceiverServices(
            path: writePath, probes: probes, tenants: tenants, status: status,
            stores: flags.mode.stores, metrics: metrics)
        var limits = ServerLimits()
        limits.gracePeriod = flags.grpcGracePeriod ?? .seconds(120)
        limits.connectionAge =
            flags.duration(of: "--grpc-server-max-connection-age") ?? limits.connectionAge
        let server = ThanosGRPCServer(
            address: try GoAddress.listening(flags.grpcAddress, wraps: wraps),
            security: ServerSecurity(prepared.grpcTLS), limits: limits, services: services)
        info(
            "receive.go:444", ("msg", "listening for StoreAPI and WritableStoreAPI gRPC"),
            ("address", flags.grpcAddress))
        do throws(ServingError) {
            try await server.run { announce(.grpc, $0) }
        } catch {
            throw StartFailure(listening: error, at: flags.grpcAddress, wraps: wraps)
        }
    }

    func serveWrites(_ announce: @escaping Announce) async throws(StartFailure) {
        guard ports.contains(.remoteWrite) else { return }
        let wraps = ["error starting web server"]
        var options = ServerOptions(
            address: try GoAddress.listening(flags.remoteWriteAddress, wraps: wraps),
            clockSkew: faults.skew)
        options.apply(prepared.writeTLS)
        let endpoint = WriteEndpoint(
            path: writePath, gate: WriteGate(limits: limits, metrics: metrics),
            headSeries: HeadSeriesGuard(
                limits: limits, storage: prepared.storage, isActive: flags.mode != .ingestorOnly,
                metrics: metrics, log: log),
            requests: RequestMetrics(metrics), status: status, log: log,
            turns: StatusTurns(faults.shares))
        for (caller, message) in [
            ("handler.go:452", "Start listening for connections"),
            ("handler.go:470", prepared.writeTLS == nil ? "Serving plain HTTP" : "Serving HTTPS"),
        ] {
            log(
                .info, caller: caller, ("component", "receive"),
                ("component", "receive-handler"), ("msg", message),
                ("address", flags.remoteWriteAddress))
        }
        do throws(ServingError) {
            try await faults.serve(
                options, onBound: { announce(.remoteWrite, $0) },
                respond: { await endpoint.respond(to: $0) })
        } catch {
            throw StartFailure(listening: error, at: flags.remoteWriteAddress, wraps: wraps)
        }
    }
}
