import NIOCore
import NIOHTTP1

/// A request as soon as its head is complete.
struct IncomingRequest: Sendable {
    let head: HTTPRequestHead
    let body: IncomingBody
}

/// Makes requests of the parts that are decoded, and reads no body that nobody wants yet.
final class RequestAssembler: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = IncomingRequest
    typealias OutboundIn = HTTPConnection.OutboundPart
    typealias OutboundOut = HTTPConnection.OutboundPart

    /// The body that is on its way; it holds on to this handler, so it is let go in time.
    private var body: IncomingBody?
    private var isReadHeld = false
    private var owesContinue = false

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            let body = body(of: head, context)
            self.body = body
            owesContinue = body.expectsContinue
            context.fireChannelRead(wrapInboundOut(IncomingRequest(head: head, body: body)))
        case .body(let buffer):
            body?.append(buffer)
        case .end:
            body?.end()
            body = nil
        }
    }

    private func body(of head: HTTPRequestHead, _ context: ChannelHandlerContext) -> IncomingBody {
        let loop = context.eventLoop
        let bound = NIOLoopBound((handler: self, context: context), eventLoop: loop)
        let length = head.headers.first(name: "content-length").flatMap(Int.init) ?? 0
        let expectation = head.headers.first(name: "expect")?.lowercased()
        return IncomingBody(
            declaredLength: max(length, 0), expectsContinue: expectation == "100-continue"
        ) {
            loop.execute { bound.value.handler.bodyIsWanted(bound.value.context) }
        }
    }

    private func bodyIsWanted(_ context: ChannelHandlerContext) {
        if owesContinue {
            owesContinue = false
            let part = OutboundOut.head(.init(version: .http1_1, status: .continue))
            context.writeAndFlush(wrapOutboundOut(part), promise: nil)
        }
        guard isReadHeld else { return }
        isReadHeld = false
        context.read()
    }

    func read(context: ChannelHandlerContext) {
        guard body?.isWanted ?? true else {
            isReadHeld = true
            return
        }
        context.read()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .some(.inputClosed) = event as? ChannelEvent { breakOff() }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        breakOff()
        context.fireErrorCaught(error)
    }

    func channelInactive(context: ChannelHandlerContext) {
        breakOff()
        context.fireChannelInactive()
    }

    private func breakOff() {
        body?.breakOff()
        body = nil
    }
}
