import KubernetesModel
import MarkedYAML
import PipelineModel
import ReceiveFlags

/// Why a Service's port does not reach a receiver.
enum PortFault: Equatable {
    case noSuchName(String)
    case nobodyListens(Int)
    case wrongTransport(String)

    /// Nil when a listener is behind the port, or may be.
    init?(_ port: ServiceObject.Port, _ group: ReceiverGroup) {
        let containers = group.workload.podSpec?.containers ?? []
        let sidecars = group.workload.nativeSidecars
        let numbers = (containers + sidecars).compactMap { $0.portNumber(port.target) }
        if let name = port.target?.string, port.target?.int == nil, numbers.isEmpty {
            self = .noSuchName(name)
            return
        }
        // Another container may listen on any port.
        guard containers.count == 1, sidecars.isEmpty, let number = numbers.first,
            let listeners = group.listenerPorts
        else { return nil }
        if !listeners.contains(number) {
            self = .nobodyListens(number)
        } else if port.transport != "TCP" {
            self = .wrongTransport(port.transport)
        } else {
            return nil
        }
    }

    var text: String {
        switch self {
        case .noSuchName(let name): "leads to \"\(name)\", a name that no container's port has"
        case .nobodyListens(let number): "leads to \(number), where the receiver does not listen"
        case .wrongTransport(let transport): "is for \(transport), and the receiver speaks TCP"
        }
    }

    var label: String {
        switch self {
        case .noSuchName: "no such container port"
        case .nobodyListens: "nobody listens there"
        case .wrongTransport: "TCP is meant"
        }
    }
}

extension Workload {
    /// Init containers that go on running beside the others (`restartPolicy: Always`).
    fileprivate var nativeSidecars: [Container] {
        (podSpec?.initContainers ?? []).filter { $0.node["restartPolicy"]?.string == "Always" }
    }
}

extension ReceiverGroup {
    /// Every port that the receiver listens on; nil when one of its addresses cannot be read.
    fileprivate var listenerPorts: [Int]? {
        let known = [remoteWritePort, httpPort, grpcPort].compactMap(\.self)
        guard known.count == 3 else { return nil }
        return known + (ListenAddress(flags.capnprotoAddress).map { [$0.port] } ?? [])
    }

    /// The listeners in words.
    var listeners: String {
        [
            (remoteWritePort, "remote write"), (httpPort, "HTTP"), (grpcPort, "gRPC"),
        ].compactMap { port, purpose in port.map { "\($0) (\(purpose))" } }
            .joined(separator: ", ")
    }
}

extension ReceiverGroup {
    /// Whether a Service's port, taken alone, leads to the port of remote write.
    func takesWrites(on port: ServiceObject.Port) -> Bool {
        containerPort(of: port) == remoteWritePort && remoteWritePort != nil
    }
}
