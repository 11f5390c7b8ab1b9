import NIOCore
import NIOHTTP1

/// Lets responses be written as byte buffers, which are `Sendable`, unlike NIO's file regions.
final class ByteBufferResponseParts: ChannelOutboundHandler {
    typealias OutboundIn = HTTPConnection.OutboundPart
    typealias OutboundOut = HTTPServerResponsePart

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let part: HTTPServerResponsePart =
            switch unwrapOutboundIn(data) {
            case .head(let head): .head(head)
            case .body(let buffer): .body(.byteBuffer(buffer))
            case .end(let trailers): .end(trailers)
            }
        context.write(wrapOutboundOut(part), promise: promise)
    }
}
