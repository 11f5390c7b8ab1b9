import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel

/// What a container asks for and may use, as its manifest states it.
struct StatedResources {
    private let node: Node?

    init(_ container: Container) { node = container.node["resources"] }

    func limit(_ resource: String) -> (node: Node, amount: Quantity)? {
        amount(resource, under: "limits")
    }

    /// A limit is the request, too, where no request is stated.
    func isRequested(_ resource: String) -> Bool {
        amount(resource, under: "requests") != nil || limit(resource) != nil
    }

    private func amount(_ resource: String, under field: String) -> (node: Node, amount: Quantity)?
    {
        guard let value = node?[field]?[resource],
            let amount = value.string.flatMap(Quantity.init), amount.value > 0
        else { return nil }
        return (value, amount)
    }
}

/// A container that may be given its resources by others: cluster, namespace or overlay.
struct ResourceUser {
    let workload: Workload
    let container: Container
    let pods: [Pod]

    var resources: StatedResources { StatedResources(container) }

    /// Whether what it states is what its pods get, as far as the evidence goes.
    func isSelfStated(in view: ClusterView) -> Bool {
        if workload.podSpec?.node["resources"] != nil || isPatch { return false }
        let others = view.otherManifests(of: workload).flatMap { $0.podSpec?.containers ?? [] }
        return !others.contains { $0.node["resources"] != nil }
            && !isGiven(by: "LimitRange", in: view) { _ in true }
            && !isGiven(by: "VerticalPodAutoscaler", in: view) { autoscaler in
                autoscaler.spec?["targetRef"]?["name"]?.string == workload.object.name
            }
            && !isAdmittedWithMore
    }

    private var isPatch: Bool { container.image == nil && workload.object.spec?["selector"] == nil }

    private func isGiven(
        by kind: String, in view: ClusterView, where isMeant: (KubernetesObject) -> Bool
    ) -> Bool {
        view.objects.of(kind: kind).contains { object in
            isMeant(object)
                && (object.namespace == workload.namespace || object.namespace == nil
                    || workload.namespace == nil)
        }
    }

    /// Whether a running pod has what the template does not state.
    private var isAdmittedWithMore: Bool {
        let own = container.node["resources"]?.plainValue
        return pods.contains { pod in
            let spec = pod.object.spec.map(PodSpec.init)
            let twin = spec?.containers.first { $0.name == container.name }
            guard let resources = twin?.node["resources"], resources.count > 0 else { return false }
            return resources.plainValue != own
        }
    }
}
