import Hashrings
import MarkedYAML

/// A node of the ring as another node calls it (`Endpoint` in pkg/receive/config.go).
struct PeerEndpoint: Hashable, Sendable {
    /// What Thanos adds to the host where the ring names no Cap'n Proto address.
    private static let capnprotoPort = "19391"

    let address: String
    let capnprotoAddress: String
    let az: String

    init(address: String, capnprotoAddress: String? = nil, az: String = "") {
        self.address = address
        if let capnprotoAddress, !capnprotoAddress.isEmpty {
            self.capnprotoAddress = capnprotoAddress
        } else {
            self.capnprotoAddress = "\(address.prefix { $0 != ":" }):\(Self.capnprotoPort)"
        }
        self.az = az
    }

    init(_ endpoint: HashringEndpoint) {
        self.init(
            address: endpoint.address.value, capnprotoAddress: endpoint.capnprotoAddress,
            az: endpoint.az)
    }

    /// Whether `--receive.local-endpoint` names this node: byte for byte, without asking DNS.
    func isLocal(to localEndpoint: String) -> Bool {
        [address, capnprotoAddress].contains { $0.utf8.elementsEqual(localEndpoint.utf8) }
    }
}

extension PeerEndpoint: CustomStringConvertible {
    /// As Go prints the struct with `%v`.
    var description: String { "{\(address) \(capnprotoAddress) \(az)}" }
}
