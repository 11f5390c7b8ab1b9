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
            return service.ports.compactMap {
                Finding(deadPort: $0, of: service, groups, view)
            }
        }
    }
}

/// A Service that is meant for receivers and selects no pod.
private func selectsNothing(
    _ service: ServiceObject, _ receivers: [ReceiverGroup], _ workloads: [Workload],
    _ view: ClusterView
) -> Finding? {
    // A Service for each pod, by a label that only pods have.
    let ofPods = ["statefulset.kubernetes.io/pod-name", "apps.kubernetes.io/pod-index"]
    guard let selector = service.selector, !selector.isEmpty,
        view.isCluster || !selector.requirements.contains(where: { ofPods.contains($0.key) }),
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
