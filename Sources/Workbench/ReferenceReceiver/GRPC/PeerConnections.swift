import Synchronization
import ThanosGRPC

/// The connections to other nodes, one each, made when they are first needed.
///
/// A class because all workers share them.
final class PeerConnections: Sendable {
    private let connections = Mutex<[String: PeerConnection]>([:])
    private let options: PeerOptions
    private let metrics: ReceiverMetrics

    init(options: PeerOptions, metrics: ReceiverMetrics) {
        self.options = options
        self.metrics = metrics
    }

    func call(
        _ address: String, _ message: [UInt8], _ timeout: Duration
    ) async -> Result<Void, ForwardFailure> {
        let connection = connections.withLock { connections in
            if let known = connections[address] { return known }
            let fresh = PeerConnection(target: address, options: options)
            connections[address] = fresh
            return fresh
        }
        metrics.add(to: .grpcClientStarted, GRPCMethod.remoteWrite.labels)
        do throws(CallFailure) {
            try await connection.remoteWrite(message, timeout: timeout)
            count("OK")
            return .success(())
        } catch {
            count(error.code.description)
            return .failure(
                ForwardFailure(code: error.code.description, message: error.message))
        }
    }

    private func count(_ code: String) {
        metrics.add(
            to: .grpcClientHandled, GRPCMethod.remoteWrite.labels + [("grpc_code", code)])
    }

    func close() async {
        for connection in connections.withLock({ Array($0.values) }) { await connection.close() }
    }
}
