import HTTPServing
import KubernetesModel
import PipelineModel

/// A VIP of the stage: passes connections on as the Service's ready endpoints say.
struct VirtualAddress: Sendable {
    let listener: StageDescription.Listener

    /// What listens on one port; nil where nothing does, which is what refuses.
    enum Behaviour: Sendable {
        case forwards([HTTPServing.ListenAddress])
        case accepts(TCPAcceptor.Behaviour)
    }

    func behaviour(ofPort port: Int, objects: Objects) -> Behaviour? {
        switch listener.destination {
        case .refused: return nil
        case .blackhole: return .accepts(.holdsSilently)
        case .resets: return .accepts(.resets)
        case .service(let namespace, let name, let own):
            let targets = Self.targets(own ?? port, namespace, name, objects)
            return targets.isEmpty ? nil : .forwards(targets)
        }
    }

    private static func targets(
        _ port: Int, _ namespace: String, _ name: String, _ objects: Objects
    ) -> [HTTPServing.ListenAddress] {
        let reference = ObjectReference(kind: "Service", namespace: namespace, name: name)
        guard let service = objects[reference].flatMap(ServiceObject.init),
            let target = service.ports.first(where: { $0.number == port })?.target
        else { return [] }
        let pods = objects.of(kind: "Pod").compactMap(Pod.init)
        let slices = objects.of(kind: "EndpointSlice").compactMap(EndpointSlice.init)
            .filter { $0.service == name && $0.namespace == namespace }
        let staged = slices.flatMap(\.endpoints).filter {
            $0.isReady && LabNetwork.isLoopback($0.address)
        }
        return staged.compactMap { endpoint in
            let pod = pods.first { $0.name == endpoint.pod && $0.namespace == namespace }
            let containers = pod?.object.spec.map(PodSpec.init)?.containers ?? []
            let number = containers.lazy.compactMap { $0.portNumber(target) }.first
            return number.map { HTTPServing.ListenAddress(host: endpoint.address, port: $0) }
        }
    }

    func run(
        port: Int, behaviour: Behaviour, onBound: @escaping @Sendable () -> Void
    ) async throws(ServingError) {
        let address = HTTPServing.ListenAddress(host: listener.address, port: port)
        switch behaviour {
        case .forwards(let targets):
            try await TCPForwarder.run(address, to: targets) { _ in onBound() }
        case .accepts(let behaviour):
            try await TCPAcceptor.run(address, behaviour: behaviour) { _ in onBound() }
        }
    }
}
