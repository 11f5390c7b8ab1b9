import NIOCore
import NIOHTTP1

/// Ends a connection when its client is too slow, or when the server stops and nothing is open.
///
/// One clock runs until a head is complete, one from there to the end of the body, and one while
/// nothing that was written could be sent; none while the responder is at work.
final class ConnectionLifetime: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    /// Requests sent ahead of their answers; nobody needs as many, and each takes memory.
    private static let pipelineLimit = 100

    private let readTimeout: TimeAmount
    private let writeTimeout: TimeAmount
    private var reading: Scheduled<Void>?
    private var writing: Scheduled<Void>?
    private var requestIsOpen = false
    private var unanswered = 0
    private var isStopping = false

    init(readTimeout: TimeAmount, writeTimeout: TimeAmount) {
        self.readTimeout = readTimeout
        self.writeTimeout = writeTimeout
    }

    func handlerAdded(context: ChannelHandlerContext) {
        restartReading(context)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        reading?.cancel()
        writing?.cancel()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head:
            requestIsOpen = true
            unanswered += 1
            guard unanswered <= Self.pipelineLimit else {
                context.close(promise: nil)
                return
            }
            restartReading(context)
        case .body:
            break
        case .end:
            requestIsOpen = false
            reading?.cancel()
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(var head) where isStopping && head.status.code >= 200:
            head.headers.replaceOrAdd(name: "Connection", value: "close")
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .head, .body:
            context.write(data, promise: promise)
        case .end:
            unanswered -= 1
            let written = promise ?? context.eventLoop.makePromise()
            if isStopping {
                let channel = context.channel
                written.futureResult.whenComplete { _ in channel.close(promise: nil) }
            } else if !requestIsOpen {
                restartReading(context)
            }
            context.write(data, promise: written)
        }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        writing?.cancel()
        if !context.channel.isWritable {
            writing = closing(context, after: writeTimeout)
        }
        context.fireChannelWritabilityChanged()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard event is ChannelShouldQuiesceEvent else {
            context.fireUserInboundEventTriggered(event)
            return
        }
        isStopping = true
        if unanswered <= 0 {
            context.close(promise: nil)
        }
    }

    private func restartReading(_ context: ChannelHandlerContext) {
        reading?.cancel()
        reading = closing(context, after: readTimeout)
    }

    private func closing(
        _ context: ChannelHandlerContext, after delay: TimeAmount
    ) -> Scheduled<Void> {
        let channel = context.channel
        return context.eventLoop.scheduleTask(in: delay) {
            channel.close(mode: .all, promise: nil)
        }
    }
}
