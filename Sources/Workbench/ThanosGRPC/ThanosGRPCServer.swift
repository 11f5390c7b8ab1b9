import GRPCCore
import GRPCNIOTransportHTTP2
package import HTTPServing
import NIOCore
import NIOPosix

/// The gRPC port of a receiver.
package struct ThanosGRPCServer<Services: ThanosServices>: Sendable {
    private let address: ListenAddress
    private let security: ServerSecurity
    private let limits: ServerLimits
    private let services: Services

    package init(
        address: ListenAddress, security: ServerSecurity = .plaintext,
        limits: ServerLimits = ServerLimits(), services: Services
    ) {
        self.address = address
        self.security = security
        self.limits = limits
        self.services = services
    }

    /// Serves until the calling task is cancelled, then lets calls end for as long as the grace
    /// period, and returns.
    ///
    /// `onBound` is told the address with the real port.
    package func run(
        onBound: @escaping @Sendable (ListenAddress) async -> Void = { _ in }
    ) async throws(ServingError) {
        let entrance = Entrance(connectionLimit: limits.connections)
        let transport = try transport(behind: entrance)
        let server = GRPCServer(
            transport: transport, services: [ServedMethods(services: services)])
        // As a child it would be cancelled together with the caller, and calls in flight with it.
        let serving = MultiThreadedEventLoopGroup.singleton.next()
            .makeFutureWithTask { try await server.serve() }
        do {
            try await withTaskCancellationHandler {
                if let bound = try? await transport.listeningAddress {
                    await onBound(ListenAddress(bound, unless: address))
                }
                try await serving.get()
            } onCancel: {
                entrance.close(gracePeriod: limits.gracePeriod) { server.beginGracefulShutdown() }
            }
        } catch {
            guard !Task.isCancelled else { return }
            throw ServingError(
                binding: address, cause: (error as? RuntimeError)?.cause ?? error)
        }
    }

    private func transport(
        behind entrance: Entrance
    ) throws(ServingError) -> HTTP2ServerTransport.Posix {
        let budget = InboundBytes(limit: limits.bytesInFlight)
        var config = HTTP2ServerTransport.Posix.Config.defaults
        config.http2.targetWindowSize = 4 << 20
        config.http2.maxConcurrentStreams = limits.callsPerConnection
        config.rpc.maxRequestPayloadSize = limits.messageBytes
        config.connection.maxAge = limits.connectionAge
        config.connection.maxIdleTime = limits.idleTimeout
        config.connection.maxGraceTime = limits.gracePeriod
        config.connection.keepalive = .init(
            time: limits.keepaliveTime, timeout: .seconds(20),
            clientBehavior: .init(
                minPingIntervalWithoutCalls: .seconds(10), allowWithoutCalls: true))
        config.channelDebuggingCallbacks.onBindTCPListener = entrance.guarding
        config.channelDebuggingCallbacks.onAcceptHTTP2Stream = { [limits] stream in
            stream.eventLoop.makeCompletedFuture {
                try stream.pipeline.syncOperations.addHandler(
                    RequestMessages(limits: limits, budget: budget), position: .first)
            }
        }
        return HTTP2ServerTransport.Posix(
            address: try SocketAddress(resolving: address),
            transportSecurity: security.transport, config: config)
    }
}

extension GRPCNIOTransportHTTP2.SocketAddress {
    fileprivate init(resolving address: ListenAddress) throws(ServingError) {
        do {
            let resolved = try NIOCore.SocketAddress.makeAddressResolvingHost(
                address.host, port: address.port)
            let host = resolved.ipAddress ?? address.host
            self =
                resolved.protocol == .inet6
                ? .ipv6(host: host, port: address.port) : .ipv4(host: host, port: address.port)
        } catch {
            throw ServingError(binding: address, cause: error)
        }
    }
}

extension ListenAddress {
    fileprivate init(
        _ bound: GRPCNIOTransportHTTP2.SocketAddress, unless asked: ListenAddress
    ) {
        self.init(
            host: bound.ipv4?.host ?? bound.ipv6?.host ?? asked.host,
            port: bound.ipv4?.port ?? bound.ipv6?.port ?? asked.port)
    }
}
