import GRPCCore
import GRPCNIOTransportHTTP2
import HTTPServing
import Synchronization

@testable import ThanosGRPC

/// A call of any method, by a client that is not ours, with messages left as bytes.
struct RawCall {
    private let method: MethodDescriptor

    init(_ service: String, _ method: String) {
        self.method = MethodDescriptor(fullyQualifiedService: service, method: method)
    }

    func answers(
        of address: ListenAddress, to request: [UInt8], atMost limit: Int = .max
    ) async throws -> [[UInt8]] {
        let transport = try HTTP2ClientTransport.Posix(
            target: .ipv4(address: address.host, port: address.port),
            transportSecurity: .plaintext)
        do {
            return try await withGRPCClient(transport: transport) { client in
                try await client.serverStreaming(
                    request: ClientRequest(message: request), descriptor: method,
                    serializer: RawMessage(), deserializer: RawMessage(), options: .defaults
                ) { response in
                    var answers: [[UInt8]] = []
                    for try await answer in response.messages {
                        answers.append(answer)
                        guard answers.count < limit else { break }
                    }
                    return answers
                }
            }
        } catch {
            throw CallFailure(error)
        }
    }
}
