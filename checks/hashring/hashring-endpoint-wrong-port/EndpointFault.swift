import Hashrings
import KubernetesModel
import MarkedYAML
import PipelineModel
import ReceiveFlags

/// What is wrong with the text by which a ring names one of its nodes.
struct EndpointFault {
    let endpoint: HashringEndpoint
    let what: String
    /// The text that would be right, when it is known.
    var correction: String?
    var isCertain = true

    /// All of a file, in its order.
    static func all(in file: RingFile, of receivers: [ReceiverGroup]) -> [EndpointFault] {
        let isCapnproto = file.readers.allSatisfy { $0.flags.forwardsByCapnproto }
        return file.configuration.rings.enumerated().flatMap { index, ring in
            ring.endpoints.compactMap { endpoint in
                let member = file.members.first {
                    $0.ring == index && $0.endpoint.address.range == endpoint.address.range
                }
                if let fault = shape(of: endpoint, receivers) { return fault }
                // With Cap'n Proto the address is a name only; nobody connects to it.
                guard !isCapnproto else { return nil }
                if endpoint.port == nil {
                    return withoutPort(endpoint, member)
                }
                return member.map { port(of: endpoint, $0) } ?? foreignPort(of: endpoint)
            }
        }
    }

    /// A URL, as before v0.11.0: gRPC takes its scheme for the name of a resolver.
    private static func shape(
        of endpoint: HashringEndpoint, _ receivers: [ReceiverGroup]
    ) -> EndpointFault? {
        let text = endpoint.address.value
        let lower = text.lowercased()
        guard lower.hasPrefix("http://") || lower.hasPrefix("https://") else { return nil }
        let host = EndpointAddress(url: text)?.host
        let group = host.flatMap(PodAddress.init).flatMap { address in
            receivers.first { address.ordinal(in: $0.workload.object.name) != nil }
        }
        return EndpointFault(
            endpoint: endpoint, what: "is a URL, not a host and a gRPC port",
            correction: host.flatMap { host in group?.grpcPort.map { "\(host):\($0)" } })
    }

    private static func withoutPort(
        _ endpoint: HashringEndpoint, _ member: RingMember?
    ) -> EndpointFault? {
        // gRPC's DNS resolver takes 443 where no port is given.
        guard member?.group.grpcPort != 443, !endpoint.address.value.contains("://"),
            !endpoint.address.value.hasPrefix("unix:")
        else { return nil }
        return EndpointFault(
            endpoint: endpoint, what: "has no port, so that 443 is dialled",
            correction: member?.group.grpcPort.map { "\(endpoint.address.value):\($0)" })
    }

    private static func port(of endpoint: HashringEndpoint, _ member: RingMember) -> EndpointFault?
    {
        let group = member.group
        guard let port = endpoint.port, let right = group.grpcPort, port != right else {
            return nil
        }
        let listeners = [
            (group.remoteWritePort, "remote write over HTTP"), (group.httpPort, "HTTP"),
            (ListenAddress(group.flags.capnprotoAddress)?.port, "Cap'n Proto"),
        ]
        let suffix = ":\(port)"
        let text = endpoint.address.value
        let correction = text.hasSuffix(suffix) ? text.dropLast(suffix.count) + ":\(right)" : nil
        if let listener = listeners.first(where: { $0.0 == port }) {
            return EndpointFault(
                endpoint: endpoint, what: "has port \(port), which is \(listener.1), not gRPC",
                correction: correction.map { String($0) },
                // A name without a Service behind it may be a Service that maps the port.
                isCertain: member.address.service != nil)
        }
        // A proxy beside the receiver may listen there and pass on.
        guard !group.declares(port: port) else { return nil }
        return EndpointFault(
            endpoint: endpoint, what: "has port \(port), and the receiver's gRPC port is \(right)",
            correction: correction.map { String($0) }, isCertain: false)
    }

    /// The ports that Thanos uses by default, of nodes that are not among the evidence.
    private static func foreignPort(of endpoint: HashringEndpoint) -> EndpointFault? {
        let listener =
            switch endpoint.port {
            case 19291: "remote write over HTTP"
            case 10902: "HTTP"
            case 19391: "Cap'n Proto"
            case _: ""
            }
        guard !listener.isEmpty, let port = endpoint.port else { return nil }
        return EndpointFault(
            endpoint: endpoint, what: "has port \(port), which is \(listener) by default, not gRPC",
            isCertain: false)
    }
}

extension ParsedReceiveFlags {
    var forwardsByCapnproto: Bool { text(of: "--receive.replication-protocol") == "capnproto" }
}

extension ReceiverGroup {
    /// Whether a container of the pod says that it listens on a port.
    fileprivate func declares(port: Int) -> Bool {
        let spec = workload.podSpec
        return ((spec?.containers ?? []) + (spec?.initContainers ?? [])).contains { container in
            container.node["ports"].items.contains { $0["containerPort"]?.int == port }
        }
    }
}
