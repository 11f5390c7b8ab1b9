import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel

extension Check {
    static let svcSelectorPortMismatch = Check(
        "svc-selector-port-mismatch",
        severity: .critical,
        stage: .preInstall,
        summary: "A Service's selector, target port or protocol does not match the receivers",
        why: """
            A Service whose selector matches no pod has no endpoints, and one whose target port \
            nobody listens on is refused. Kubernetes accepts both without a word, and every write \
            to the Service fails.
            """,
        fix: """
            Make the Service's selector a part of the labels of the pod template, and let its target \
            port be the port of --remote-write.address, by number or by the name that the \
            container gives it.
            """,
        needs: .receivers, .workloads, .pipeline, .optional(.agents), .view,
        references: [
            "https://kubernetes.io/docs/concepts/services-networking/service/",
            "https://docs.kubelinter.io/#/generated/checks?id=mismatching-selector",
        ],
        examples: svcSelectorPortMismatchExamples
    ) { receivers, workloads, pipeline, _, view in
        pipeline.services.flatMap { service -> [Finding] in
            let groups = pipeline.receivers(behind: service.reference)
            if groups.isEmpty {
                return selectsNothing(service, receivers, workloads, view).map { [$0] } ?? []
            }
            let behind = workloads.filter { service.selects($0.podLabels, in: $0.namespace) }
            // Ports may be those of another program behind the same Service.
            guard !service.isHeadless, behind.count == groups.count else {
                return strays(behind, of: service, groups, view).map { [$0] } ?? []
            }
            return service.ports.compactMap { deadPort($0, of: service, groups, view) }
        }
    }
}

/// A Service that is meant for receivers and selects no pod.
private func selectsNothing(
    _ service: ServiceObject, _ receivers: [ReceiverGroup], _ workloads: [Workload],
    _ view: ClusterView
) -> Finding? {
    guard let selector = service.selector, !selector.isEmpty,
        !workloads.contains(where: { service.selects($0.podLabels, in: $0.namespace) }),
        !view.objects.of(kind: "Pod").contains(where: {
            service.selects($0.labels, in: $0.namespace)
        })
    else { return nil }
    let near = receivers.filter { $0.workload.namespace == service.namespace }
    guard let group = near.first(where: { isMeant(service, for: $0, view) }) else { return nil }
    let isServedElsewhere = group.services.contains { other in
        !other.isHeadless && other.ports.contains { group.takesWrites(on: $0) }
    }
    let isComplete = ["Pod", "StatefulSet", "Deployment", "DaemonSet"].allSatisfy(view.isComplete)
    let isCertain = isComplete && (!isServedElsewhere || isWrittenTo(service, view))
    let labels = group.workload.podLabels
    let missing = selector.requirements.filter { !($0.values.first == labels[$0.key]) }
    let text = missing.map { "\($0.key)=\($0.values.first ?? "")" }.joined(separator: ", ")
    let entry = service.object.spec?["selector"]?.key(missing.first?.key ?? "")
    return Finding(
        "the Service's selector matches no pod: the pods of \(group.reference) lack \(text)",
        object: service.reference,
        at: (entry ?? service.object.spec?.key("selector"))?.range ?? service.object.range,
        label: "no pod has it", severity: isCertain ? nil : .warning,
        confidence: isCertain ? .certain : .likely,
        alsoAt: [
            Place(
                (group.workload.template["metadata"]?.key("labels"))?.range
                    ?? group.workload.object.range, "the labels of the pods")
        ],
        evidence: [
            EvidenceItem(
                view.isCluster ? "cluster" : "manifest",
                "no workload and no pod in the namespace has the labels of the selector",
                command: view.kubectl(
                    "get pods -l "
                        + selector.requirements.map { "\($0.key)=\($0.values.first ?? "")" }
                        .joined(separator: ","), namespace: service.namespace))
        ],
        repair: Repair(text: "let the selector be a part of the labels of the pod template"),
        about: [group.reference])
}

/// Whether a Service is there for a receiver group, by who names it or by its port.
private func isMeant(
    _ service: ServiceObject, for group: ReceiverGroup, _ view: ClusterView
) -> Bool {
    let name = service.object.name
    return group.workload.object.spec?["serviceName"]?.string == name
        || isWrittenTo(service, view)
        || service.ports.contains { group.takesWrites(on: $0) }
}

private func isWrittenTo(_ service: ServiceObject, _ view: ClusterView) -> Bool {
    view.pipeline.agents.flatMap(\.remoteWrites).compactMap(\.endpoint).contains {
        view.pipeline.service(at: $0)?.reference == service.reference
    }
}

/// A port of a Service that leads to none of the receivers' listeners.
private func deadPort(
    _ port: ServiceObject.Port, of service: ServiceObject, _ groups: [ReceiverGroup],
    _ view: ClusterView
) -> Finding? {
    let faults = groups.map { PortFault(port, $0) }
    guard let fault = faults.first ?? nil, !faults.contains(where: { $0 == nil }),
        let group = groups.first
    else { return nil }
    // Another port may take the writes, or the Service may be there for something else: then this
    // one only does not do what it says.
    let isTaken = service.ports.contains { port in
        groups.contains { $0.takesWrites(on: port) } && port.transport == "TCP"
    }
    let reachesOthers = service.ports.contains { port in
        groups.contains { PortFault(port, $0) == nil }
    }
    let isEntrance = !isTaken && (!reachesOthers || isForWrites(port, of: service, view))
    let number = port.number.map(String.init) ?? "?"
    return Finding(
        "port \(number) of the Service \(fault.text)", object: service.reference,
        at: (port.node["targetPort"] ?? port.node).range, label: fault.label,
        severity: isEntrance ? nil : .warning,
        evidence: [
            EvidenceItem(
                view.isCluster ? "cluster" : "manifest",
                "\(group.reference) listens on \(group.listeners)",
                command: view.kubectl(
                    "get service \(service.object.name) -o jsonpath='{.spec.ports}'",
                    namespace: service.namespace))
        ],
        repair: repair(of: port, group, isEntrance: isEntrance),
        about: groups.map(\.reference))
}

/// Whether a port is meant for remote write, by its number, its name or those who write to it.
private func isForWrites(
    _ port: ServiceObject.Port, of service: ServiceObject, _ view: ClusterView
) -> Bool {
    if port.number == 19291 || port.name?.contains("write") == true { return true }
    return view.pipeline.agents.flatMap(\.remoteWrites).compactMap(\.endpoint).contains {
        $0.port == port.number && view.pipeline.service(at: $0)?.reference == service.reference
    }
}

private func repair(
    of port: ServiceObject.Port, _ group: ReceiverGroup, isEntrance: Bool
) -> Repair {
    let wanted = group.remoteWritePort ?? 19291
    let target = port.node["targetPort"]
    let mends = isEntrance && port.transport == "TCP"
    return Repair(
        edits: mends ? target.map { [.replacing($0, with: String(wanted))] } ?? [] : [],
        text: isEntrance
            ? "let targetPort be \(wanted), the port of --remote-write.address, over TCP"
            : "let targetPort be one of \(group.listeners), over TCP")
}
