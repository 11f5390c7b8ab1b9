import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel

/// A Service for writes that also selects another part of Thanos, which takes none.
func strays(
    _ behind: [Workload], of service: ServiceObject, _ groups: [ReceiverGroup],
    _ view: ClusterView
) -> Finding? {
    // By name a port leads only to the pods that have it; by number to all.
    let writes = service.ports.first { port in
        port.target?.int != nil && groups.contains { $0.takesWrites(on: port) }
    }
    let selected = Set(behind.map(\.reference))
    let others = view.pipeline.components.filter { component in
        selected.contains(component.reference)
            && component.workload.podSpec?.containers.count == 1
    }
    guard let writes, let first = others.first, !service.isHeadless else { return nil }
    let names = listed(others.map(\.reference.description))
    return Finding(
        "the Service's selector also matches \(names): a part of the writes goes there, and is "
            + "refused",
        object: service.reference,
        at: service.object.spec?.key("selector")?.range ?? service.object.range,
        label: "too broad", severity: .error,
        alsoAt: [
            Place(
                first.workload.template["metadata"]?.key("labels")?.range
                    ?? first.workload.object.range, "has these labels, too"),
            Place(writes.node.range, "takes the writes"),
        ],
        evidence: [
            EvidenceItem(
                view.objectSource, "\(names) has the labels of the selector, and takes no writes",
                command: view.kubectl(
                    "get endpointslices -l kubernetes.io/service-name=\(service.object.name)",
                    namespace: service.namespace))
        ],
        repair: Repair(
            text: "add a label to the selector that the receivers' pods alone have, such as "
                + "app.kubernetes.io/component"),
        about: groups.map(\.reference) + others.map(\.reference))
}
