import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel
import ReceiveFlags

/// Whom the Queries of a view ask, by their arguments.
struct AskedStores {
    /// A receiver or a Store Gateway.
    struct Target {
        let reference: ObjectReference
        let services: [ServiceObject]
        let container: Container
        let grpcPort: Int?
        /// Where it listens for something else.
        let otherPorts: Set<Int>

        /// Whether a Query of another cluster may ask it.
        var isExposed: Bool {
            services.contains { ["LoadBalancer", "NodePort"].contains($0.type) }
        }

        var wantedFlag: String {
            let service = services.first(where: \.isHeadless) ?? services[0]
            let names = service.clusterNames
            return "--endpoint=dns+\(names[names.count - 1]):\(grpcPort ?? 10901)"
        }
    }

    /// An address that leads to the right workload and not to its gRPC port.
    struct Misdirection {
        let query: ThanosComponent
        let endpoint: QueryEndpoint
        let message: String
        let label: String
        let repair: String
        let about: [ObjectReference]
    }

    let queries: [ThanosComponent]
    private let targets: [Target]
    private let services: [ServiceObject]

    init(_ components: [ThanosComponent], _ receivers: [ReceiverGroup], _ view: ClusterView) {
        queries = components.filter { component in
            component.program == .query && component.container.image != nil
                && view.otherManifests(of: component.workload).isEmpty
        }
        services = view.pipeline.services
        let groups = receivers.filter { $0.flags.mode.stores && !$0.isPatch }.map {
            Target(
                reference: $0.reference, services: $0.services, container: $0.container,
                grpcPort: $0.grpcPort,
                otherPorts: Set([$0.httpPort, $0.remoteWritePort].compactMap(\.self)))
        }
        let gateways = components.filter { $0.program == .store }.map { store in
            let address = store.values(of: "--grpc-address").last?.value ?? ":10901"
            let http = store.values(of: "--http-address").last?.value ?? ":10902"
            return Target(
                reference: store.reference, services: store.services, container: store.container,
                grpcPort: ListenAddress(address)?.port,
                otherPorts: Set([ListenAddress(http)?.port].compactMap(\.self)))
        }
        targets = groups + gateways
    }

    /// Queries that ask nobody.
    var idle: [ThanosComponent] {
        queries.filter { QueryEndpoint.all(of: $0).isEmpty && !$0.findsEndpointsElsewhere }
    }

    /// Workloads that no Query names; nobody knows when one finds its endpoints elsewhere.
    var forgotten: [Target] {
        guard !queries.isEmpty, idle.isEmpty, !queries.contains(where: \.findsEndpointsElsewhere)
        else { return [] }
        return targets.filter { target in
            !target.services.isEmpty
                && !queries.contains { query in
                    QueryEndpoint.all(of: query).contains { endpoint in
                        target.services.contains {
                            endpoint.names($0, from: query.reference.namespace)
                        }
                    }
                }
        }
    }

    /// Whether an endpoint leads to something that is not among the Services.
    var hasForeignEndpoints: Bool {
        queries.contains { query in
            QueryEndpoint.all(of: query).contains { endpoint in
                !services.contains { endpoint.names($0, from: query.reference.namespace) }
            }
        }
    }

    var misdirected: [Misdirection] {
        queries.flatMap { query in
            QueryEndpoint.all(of: query).compactMap { misdirection(of: $0, query) }
        }
    }

    private func misdirection(
        of endpoint: QueryEndpoint, _ query: ThanosComponent
    ) -> Misdirection? {
        for target in targets {
            for service in target.services
            where endpoint.names(service, from: query.reference.namespace) {
                guard let fault = fault(of: endpoint, service, target) else { return nil }
                return Misdirection(
                    query: query, endpoint: endpoint, message: fault.message, label: fault.label,
                    repair: "name the gRPC port: \(target.wantedFlag)",
                    about: [target.reference, service.reference])
            }
        }
        return nil
    }

    private func fault(
        of endpoint: QueryEndpoint, _ service: ServiceObject, _ target: Target
    ) -> (message: String, label: String)? {
        switch endpoint.lookup {
        case .records(let name):
            let names = service.ports.compactMap(\.name)
            guard !name.isEmpty, !service.ports.isEmpty, !names.contains(name) else { return nil }
            return (
                "the endpoint asks for a port named \(name), and \(service.reference) has "
                    + (names.isEmpty ? "none with a name" : names.joined(separator: ", ")),
                "DNS has no such record"
            )
        case .plain, .addresses:
            guard let port = endpoint.port, let wanted = target.grpcPort else { return nil }
            let actual: Int?
            if service.isHeadless {
                actual = port
            } else {
                guard let entry = service.ports.first(where: { $0.number == port }) else {
                    return ("the endpoint names port \(port), which \(service.reference) lacks", "")
                }
                actual = target.container.portNumber(entry.target)
            }
            // A port of neither may be that of a proxy beside it.
            guard let actual, target.otherPorts.contains(actual) else { return nil }
            return (
                "the endpoint leads to port \(actual) of \(target.reference), and gRPC is on "
                    + "\(wanted)", "not the gRPC port"
            )
        }
    }
}
