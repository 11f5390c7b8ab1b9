import GRPCCore
import SwiftProtobuf

/// Sends one message of a streamed answer.
typealias Emit<Message> = @Sendable (Message) async throws(CallFailure) -> Void

extension RPCRouter {
    /// Registers a method of one message each way, both as bytes.
    mutating func unary(
        _ service: String, _ method: String,
        answer: @escaping @Sendable ([UInt8]) async throws(CallFailure) -> [UInt8]
    ) {
        registerHandler(
            forMethod: MethodDescriptor(
                fullyQualifiedService: service, method: method, type: .unary),
            deserializer: RawMessage(), serializer: RawMessage()
        ) { request, _ in
            let request = try await ServerRequest(stream: request)
            do throws(CallFailure) {
                let answer = try await answer(request.message)
                return StreamingServerResponse(single: ServerResponse(message: answer))
            } catch {
                throw RPCError(error)
            }
        }
    }

    /// Registers a method that answers one message with many, all of them bytes.
    mutating func streaming(
        _ service: String, _ method: String,
        answer:
            @escaping @Sendable ([UInt8], @escaping Emit<[UInt8]>) async throws(CallFailure) ->
            Void
    ) {
        registerHandler(
            forMethod: MethodDescriptor(
                fullyQualifiedService: service, method: method, type: .serverStreaming),
            deserializer: RawMessage(), serializer: RawMessage()
        ) { request, context in
            let request = try await ServerRequest(stream: request)
            return StreamingServerResponse { writer in
                try await untilCancelled(context.cancellation) { () throws(CallFailure) in
                    try await answer(request.message) { message throws(CallFailure) in
                        try await writer.send(message)
                    }
                }
                return [:]
            }
        }
    }
}

/// Cancels the task of an answer when nobody waits for it any more; gRPC alone would let it run.
private func untilCancelled(
    _ call: ServerContext.RPCCancellationHandle,
    answer: @escaping @Sendable () async throws(CallFailure) -> Void
) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
            do throws(CallFailure) {
                try await answer()
            } catch {
                throw RPCError(error)
            }
        }
        group.addTask { try await call.cancelled }
        defer { group.cancelAll() }
        try await group.next()
    }
}

extension RPCWriter<[UInt8]> {
    fileprivate func send(_ message: [UInt8]) async throws(CallFailure) {
        do {
            try await write(message)
        } catch {
            throw CallFailure(error)
        }
    }
}

extension SwiftProtobuf.Message {
    /// Reads a request, or says what a grpc-go server says of one that it cannot read.
    init(request bytes: [UInt8]) throws(CallFailure) {
        do {
            try self.init(serializedBytes: bytes)
        } catch {
            throw CallFailure(
                .internal,
                "grpc: error unmarshalling request: proto: cannot parse invalid wire-format data")
        }
    }

    /// The message as bytes; answers have no required fields, so that this cannot fail.
    func answerBytes() throws(CallFailure) -> [UInt8] {
        do {
            return try serializedBytes()
        } catch {
            throw CallFailure(.internal, "grpc: error while marshaling: \(error)")
        }
    }
}
