import NIOCore
import NIOHPACK
import NIOHTTP2

/// The first to see the frames of a call: hands on whole messages, decompressed, within limits.
///
/// gRPC below knows no snappy, holds what has arrived without a bound over all calls, and waits
/// for the rest of a message forever; here each of them ends the call with a status.
final class RequestMessages: ChannelInboundHandler {
    typealias InboundIn = HTTP2Frame.FramePayload
    typealias InboundOut = HTTP2Frame.FramePayload
    typealias OutboundOut = HTTP2Frame.FramePayload

    private let limits: ServerLimits
    private let budget: InboundBytes
    private var assembly: MessageAssembly?
    private var heldBytes = 0
    private var readDeadline: Scheduled<Void>?
    private var isRefused = false

    init(limits: ServerLimits, budget: InboundBytes) {
        self.limits = limits
        self.budget = budget
    }

    func handlerAdded(context: ChannelHandlerContext) {
        let patience = TimeAmount(limits.readTimeout)
        readDeadline = context.eventLoop.assumeIsolated().scheduleTask(in: patience) {
            self.refuse(CallFailure(.deadlineExceeded, "request took too long"), context)
        }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        readDeadline?.cancel()
        budget.giveBack(heldBytes)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isRefused else { return }
        switch unwrapInboundIn(data) {
        case .headers(let frame): forward(frame, context)
        case .data(let frame): assemble(frame, context)
        case let other: context.fireChannelRead(wrapInboundOut(other))
        }
    }

    private func forward(_ frame: HTTP2Frame.FramePayload.Headers, _ context: ChannelHandlerContext)
    {
        var frame = frame
        if assembly == nil {
            let isSnappy = frame.headers.removeSnappyEncoding()
            assembly = MessageAssembly(limit: limits.messageBytes, isSnappy: isSnappy)
        }
        ended(frame.endStream)
        context.fireChannelRead(wrapInboundOut(.headers(frame)))
    }

    private func assemble(_ frame: HTTP2Frame.FramePayload.Data, _ context: ChannelHandlerContext) {
        guard case .byteBuffer(let piece) = frame.data else { return }
        ended(frame.endStream)
        do throws(CallFailure) {
            try hold(piece.readableBytes)
            assembly?.append(piece)
            while let message = try assembly?.next() {
                try hold(message.readableBytes)
                pass(message, isLast: false, context)
            }
        } catch {
            return refuse(error, context)
        }
        if frame.endStream {
            pass(ByteBuffer(), isLast: true, context)
        }
    }

    private func pass(_ bytes: ByteBuffer, isLast: Bool, _ context: ChannelHandlerContext) {
        let frame = HTTP2Frame.FramePayload.Data(data: .byteBuffer(bytes), endStream: isLast)
        context.fireChannelRead(wrapInboundOut(.data(frame)))
    }

    private func hold(_ count: Int) throws(CallFailure) {
        guard budget.take(count) else {
            throw CallFailure(.resourceExhausted, "too many bytes of requests in flight")
        }
        heldBytes += count
    }

    private func ended(_ isEnd: Bool) {
        guard isEnd else { return }
        readDeadline?.cancel()
    }

    /// Ends the call before gRPC has seen a message of it.
    private func refuse(_ failure: CallFailure, _ context: ChannelHandlerContext) {
        isRefused = true
        let trailers: HPACKHeaders = [
            ":status": "200", "content-type": "application/grpc",
            "grpc-status": "\(failure.code.rawValue)", "grpc-message": failure.message,
        ]
        let frame = HTTP2Frame.FramePayload.Headers(headers: trailers, endStream: true)
        context.write(wrapOutboundOut(.headers(frame)), promise: nil)
        // Otherwise the close resets the stream with an error that some clients tell instead.
        context.writeAndFlush(wrapOutboundOut(.rstStream(.noError)), promise: nil)
        context.close(promise: nil)
    }
}
