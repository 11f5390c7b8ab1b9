import NIOCore
import NIOPosix
import NIOSSL
import Testing

@testable import HTTPServing

/// What a client shows and accepts in a handshake.
struct TLSClient {
    let authorityPEM: String
    var identity: TLSIdentity?
    var maximumVersion: TLSVersion?

    /// Sends one text and reads to the end; throws when there is no agreement on TLS.
    func exchange(_ text: String, at address: ListenAddress) async throws -> String {
        let (chunks, arrivals) = AsyncThrowingStream<String, any Error>.makeStream()
        let context = try NIOSSLContext(configuration: configuration)
        let channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    try pipeline.addHandler(
                        NIOSSLClientHandler(context: context, serverHostname: nil))
                    try pipeline.addHandler(Arrivals(arrivals))
                }
            }
            .connect(host: address.host, port: address.port).get()
        try? await channel.writeAndFlush(ByteBuffer(string: text))
        var all = ""
        for try await chunk in chunks { all += chunk }
        return all
    }

    private var configuration: TLSConfiguration {
        get throws {
            var configuration = TLSConfiguration.makeClientConfiguration()
            configuration.trustRoots = .certificates(
                try NIOSSLCertificate.fromPEMBytes(Array(authorityPEM.utf8)))
            configuration.certificateVerification = .noHostnameVerification
            configuration.maximumTLSVersion = maximumVersion
            if let identity {
                configuration.certificateChain =
                    try NIOSSLCertificate
                    .fromPEMBytes(Array(identity.certificateChainPEM.utf8))
                    .map { .certificate($0) }
                configuration.privateKey = .privateKey(
                    try NIOSSLPrivateKey(bytes: Array(identity.privateKeyPEM.utf8), format: .pem))
            }
            return configuration
        }
    }
}

/// Passes on what comes, and how it ended.
private final class Arrivals: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let arrivals: AsyncThrowingStream<String, any Error>.Continuation

    init(_ arrivals: AsyncThrowingStream<String, any Error>.Continuation) {
        self.arrivals = arrivals
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        arrivals.yield(String(buffer: unwrapInboundIn(data)))
    }

    func channelInactive(context: ChannelHandlerContext) {
        arrivals.finish()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        arrivals.finish(throwing: error)
        context.close(promise: nil)
    }
}
