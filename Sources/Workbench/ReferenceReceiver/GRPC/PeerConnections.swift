import Synchronization
import ThanosGRPC

/// The connections to other nodes, one each, made when they are first needed.
///
/// A class because all workers share them.
final class PeerConnections: Sendable {
    private let connections = Mutex<[String: PeerConnection]>([:])
    private let options: PeerOptions
    private let names: [String: String]?
    private let metrics: ReceiverMetrics

    /// With a table of names, no other name is looked up.
    init(options: PeerOptions, names: [String: String]?, metrics: ReceiverMetrics) {
        self.options = options
        self.names = names
        self.metrics = metrics
    }

    func call(
        _ address: String, _ message: [UInt8], _ timeout: Duration
    ) async -> Result<Void, ForwardFailure> {
        guard let target = target(of: address) else {
            return .failure(Self.unknownHost(address))
        }
        let connection = connections.withLock { connections in
            if let known = connections[address] { return known }
            let fresh = PeerConnection(target: target, options: options)
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

    /// The address to dial; nil for a name that is not in the table.
    private func target(of address: String) -> String? {
        guard let names, let colon = address.lastIndex(of: ":") else { return address }
        let host = String(address[..<colon])
        let isLiteral =
            host.hasPrefix("[")
            || host.utf8.allSatisfy {
                $0 == UInt8(ascii: ".") || (0x30...0x39).contains($0)
            }
        return isLiteral ? address : names[host].map { $0 + address[colon...] }
    }

    /// As Go's resolver says it.
    private static func unknownHost(_ address: String) -> ForwardFailure {
        let host = address.prefix { $0 != ":" }
        return ForwardFailure(
            code: "Unavailable",
            message: "name resolver error: produced zero addresses: lookup \(host): no such host")
    }

    private func count(_ code: String) {
        metrics.add(
            to: .grpcClientHandled, GRPCMethod.remoteWrite.labels + [("grpc_code", code)])
    }

    func close() async {
        for connection in connections.withLock({ Array($0.values) }) { await connection.close() }
    }
}
