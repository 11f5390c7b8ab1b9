import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel

/// An address of remote write that leads to receivers, and not to where they take writes.
struct WrongAddress {
    let target: RemoteWriteTarget
    let endpoint: EndpointAddress
    let destination: WriteDestination
    private let fault: Fault

    private enum Fault {
        case path
        /// The Service has no such port.
        case noPort
        /// The port is one of the receiver's others.
        case otherPort(String)
    }

    // pkg/receive/handler.go: the one route; with a slash behind it, Go's router redirects.
    private static let path = "/api/v1/receive"

    /// Nil when writes arrive there, or when nobody knows: another container or a proxy may stand
    /// behind a port that is not the receiver's.
    init?(_ target: RemoteWriteTarget, from view: ClusterView, among views: [ClusterView]) {
        guard let endpoint = target.endpoint,
            let destination = WriteDestination(of: endpoint, from: view, among: views),
            !destination.isAmbiguous, let fault = Self.fault(endpoint, destination)
        else { return nil }
        self.target = target
        self.endpoint = endpoint
        self.destination = destination
        self.fault = fault
    }

    private static func fault(
        _ endpoint: EndpointAddress, _ destination: WriteDestination
    ) -> Fault? {
        let groups = destination.receivers
        let reached: [(group: ReceiverGroup, port: Int)]
        if destination.service.isHeadless {
            // Its name is that of the pods, whose ports are all open.
            reached = groups.map { ($0, endpoint.port) }
        } else {
            guard let port = destination.port(of: endpoint) else { return .noPort }
            reached = groups.compactMap { group in
                group.containerPort(of: port).map { (group, $0) }
            }
        }
        guard !reached.isEmpty else { return nil }
        if reached.contains(where: { $0.group.remoteWritePort == $0.port }) {
            return [path, path + "/"].contains(endpoint.path) ? nil : .path
        }
        let services = reached.compactMap { $0.group.internalService(onPort: $0.port) }
        return services.first.map { .otherPort($0) }
    }

    var message: String {
        switch fault {
        case .path:
            "remote write goes to the path \(endpoint.path), and receivers take it at \(Self.path)"
        case .noPort:
            "remote write goes to port \(endpoint.port), which "
                + "\(destination.service.reference) does not have"
        case .otherPort(let service):
            "remote write goes to port \(endpoint.port), which serves \(service)"
        }
    }

    var label: String {
        switch fault {
        case .path: "answers \(refusal)"
        case .noPort: "nothing listens on this port"
        case .otherPort: "takes no writes"
        }
    }

    /// The status of the answer: since v0.38 there is a path for OTLP, which takes no snappy.
    private var refusal: String {
        guard endpoint.path == "/api/v1/otlp" else { return "404" }
        let answers = Set(
            destination.receivers.map { group in
                group.version.map { $0 < Version(0, 38) ? "404" : "400" } ?? "404 or 400"
            })
        return answers.count == 1 ? answers.joined() : "404 or 400"
    }

    /// The port under which the Service hands on to remote write.
    private var writePort: Int? {
        guard !destination.service.isHeadless else {
            return destination.receivers.first?.remoteWritePort
        }
        return destination.service.ports.first { port in
            destination.receivers.contains {
                $0.remoteWritePort != nil && $0.containerPort(of: port) == $0.remoteWritePort
            }
        }?.number
    }

    var correctEndpoint: EndpointAddress {
        EndpointAddress(
            scheme: endpoint.scheme, host: endpoint.host, port: writePort ?? endpoint.port,
            path: Self.path)
    }

    /// The URL as it is written, with what is wrong in it replaced; nil when no port is right.
    var correctedURL: String? {
        let url = target.url.value
        guard let writePort, let start = url.firstRange(of: "://")?.upperBound else { return nil }
        let end = url[start...].firstIndex { "/?#".contains($0) } ?? url.endIndex
        var authority = url[..<end]
        if writePort != endpoint.port {
            let written = ":\(endpoint.port)"
            authority = authority.hasSuffix(written) ? authority.dropLast(written.count) : authority
            return "\(authority):\(writePort)\(Self.path)"
        }
        return authority + Self.path
    }
}

extension WriteDestination {
    /// Whether the manifests hold several versions of the Service.
    var isAmbiguous: Bool {
        guard case .manifests(isComplete: false) = view.source else { return false }
        return view.objects.of(kind: "Service", named: service.reference.name).count > 1
    }
}
