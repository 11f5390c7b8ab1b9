import NIOCore
import NIOHPACK
import NIOHTTP2

/// The last to see the frames of a call to a peer: declares that its message is compressed, and
/// decompresses the answer.
final class PeerMessages: ChannelDuplexHandler {
    typealias InboundIn = HTTP2Frame.FramePayload
    typealias InboundOut = HTTP2Frame.FramePayload
    typealias OutboundIn = HTTP2Frame.FramePayload
    typealias OutboundOut = HTTP2Frame.FramePayload

    private let compresses: Bool
    private let limit: Int
    private var assembly: MessageAssembly?
    private var isMessageBegun = false

    init(compresses: Bool, limit: Int) {
        self.compresses = compresses
        self.limit = limit
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        var payload = unwrapOutboundIn(data)
        if compresses {
            declareCompression(of: &payload)
        }
        context.write(wrapOutboundOut(payload), promise: promise)
    }

    private func declareCompression(of payload: inout HTTP2Frame.FramePayload) {
        switch payload {
        case .headers(var frame):
            frame.headers.declareSnappyEncoding()
            payload = .headers(frame)
        case .data(var frame):
            guard !isMessageBegun, case .byteBuffer(var bytes) = frame.data,
                bytes.readableBytes > 0
            else { return }
            isMessageBegun = true
            bytes.setInteger(UInt8(1), at: bytes.readerIndex)
            frame.data = .byteBuffer(bytes)
            payload = .data(frame)
        default: break
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .headers(var frame):
            if frame.headers.removeSnappyEncoding() {
                assembly = MessageAssembly(limit: limit, isSnappy: true)
            }
            context.fireChannelRead(wrapInboundOut(.headers(frame)))
        case .data(let frame) where assembly != nil:
            assemble(frame, context)
        case let other:
            context.fireChannelRead(wrapInboundOut(other))
        }
    }

    private func assemble(_ frame: HTTP2Frame.FramePayload.Data, _ context: ChannelHandlerContext) {
        guard case .byteBuffer(let piece) = frame.data else { return }
        assembly?.append(piece)
        do throws(CallFailure) {
            while let message = try assembly?.next() {
                context.fireChannelRead(
                    wrapInboundOut(.data(.init(data: .byteBuffer(message), endStream: false))))
            }
        } catch {
            context.fireErrorCaught(error)
        }
    }
}
