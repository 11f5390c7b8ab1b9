import Evidence
import KubernetesModel
import NetworkProbes
import PipelineModel
import ReceiveFlags

/// Which addresses to ask what, derived from the pipeline so that nobody types what the cluster
/// already knows.
struct ProbePlan {
    struct Item: Hashable {
        let endpoint: EndpointAddress
        let purpose: ProbeRecord.Purpose
        let target: ObjectReference?
        /// Where to connect instead of asking DNS for the host.
        var address: String?
    }

    private(set) var items: [Item] = []
    /// Services that have no address to probe.
    private(set) var missing: [MissingEvidence] = []

    /// The external addresses of the receivers' Services, and what agents write to them.
    init(_ pipeline: Pipeline) {
        for group in pipeline.receivers {
            for service in group.loadBalancers { plan(service, of: group) }
        }
        for agent in pipeline.agents {
            for endpoint in agent.remoteWrites.compactMap(\.endpoint) {
                guard let service = pipeline.service(at: endpoint),
                    service.externalAddresses.contains(endpoint.host)
                else { continue }
                add(Item(endpoint: endpoint, purpose: .remoteWrite, target: service.reference))
            }
        }
        for ingress in pipeline.receiverIngresses { plan(ingress, pipeline) }
    }

    /// An address that the user typed: a port other than the receiver's HTTP port is taken for
    /// remote write, no port for all of a receiver's.
    init(endpoint url: String) {
        guard let given = EndpointAddress(url: url) else { return }
        let hasPort =
            url.dropFirst(given.scheme.count + 3).hasPrefix("\(given.host):")
            || url.contains("]:")
        let write = hasPort && given.port != Self.httpPort ? given.port : Self.remoteWritePort
        let path = given.path == "/" ? Self.remoteWritePath : given.path
        let at = { (port: Int, path: String) in
            EndpointAddress(scheme: given.scheme, host: given.host, port: port, path: path)
        }
        if !hasPort || given.port != Self.httpPort {
            add(Item(endpoint: at(write, path), purpose: .remoteWrite, target: nil))
        }
        if !hasPort || [Self.httpPort, Self.remoteWritePort].contains(given.port) {
            add(Item(endpoint: at(Self.httpPort, "/-/healthy"), purpose: .healthy, target: nil))
            add(Item(endpoint: at(Self.httpPort, "/-/ready"), purpose: .ready, target: nil))
        }
    }

    /// Several typed addresses, each thing asked once.
    init(endpoints urls: [String]) {
        for item in urls.flatMap({ ProbePlan(endpoint: $0).items }) { add(item) }
    }

    // thanos receive --help: --http-address, --remote-write.address; handler.go, the one route.
    private static let httpPort = 10902
    private static let remoteWritePort = 19291
    private static let remoteWritePath = "/api/v1/receive"

    private mutating func plan(_ service: ServiceObject, of group: ReceiverGroup) {
        guard !service.externalAddresses.isEmpty else {
            missing.append(
                MissingEvidence(
                    .dependsOn(service.reference), source: "probes",
                    "\(service.reference) has no external address to probe"))
            return
        }
        let isTLS = group.flags.isGiven("--remote-write.server-tls-cert")
        let write = Self.port(group.flags.remoteWriteAddress)
        let http = Self.port(group.flags.httpAddress)
        for address in service.externalAddresses {
            for port in service.ports {
                guard let number = port.number, let target = group.container.portNumber(port.target)
                else { continue }
                if target == write {
                    let endpoint = EndpointAddress(
                        scheme: isTLS ? "https" : "http", host: address, port: number,
                        path: Self.remoteWritePath)
                    add(
                        Item(
                            endpoint: endpoint, purpose: .remoteWrite, target: service.reference))
                } else if target == http {
                    let endpoint = EndpointAddress(
                        scheme: "http", host: address, port: number, path: "/-/ready")
                    add(Item(endpoint: endpoint, purpose: .ready, target: service.reference))
                }
            }
        }
    }

    /// The hosts for which an Ingress sends writes to receivers, each at the Ingress' own address.
    private mutating func plan(_ ingress: IngressObject, _ pipeline: Pipeline) {
        // A load balancer that has a name and no address is found by the host's own name.
        let address = ingress.addresses.first { IPAddress($0) != nil }
        guard !ingress.addresses.isEmpty else { return }
        let hosts = Set(
            ingress.routes.compactMap { route -> String? in
                guard let host = route.host, !host.hasPrefix("*"),
                    let target = pipeline.target(of: route, in: ingress),
                    let port = route.port(of: target.service), target.takesWrites(on: port)
                else { return nil }
                return route.takes(Self.remoteWritePath) == false ? nil : host
            })
        for host in hosts.sorted() {
            let isTLS = ingress.hasTLS(for: host)
            let endpoint = EndpointAddress(
                scheme: isTLS ? "https" : "http", host: host, port: isTLS ? 443 : 80,
                path: Self.remoteWritePath)
            add(
                Item(
                    endpoint: endpoint, purpose: .remoteWrite, target: ingress.reference,
                    address: address))
        }
    }

    private static func port(_ address: String) -> Int? {
        address.lastIndex(of: ":").flatMap { Int(address[address.index(after: $0)...]) }
    }

    private mutating func add(_ item: Item) {
        if !items.contains(where: { $0.endpoint == item.endpoint && $0.purpose == item.purpose }) {
            items.append(item)
        }
    }
}
