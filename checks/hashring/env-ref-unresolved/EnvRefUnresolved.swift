import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel

extension Check {
    static let envRefUnresolved = Check(
        "env-ref-unresolved",
        severity: .error,
        stage: .preInstall,
        summary: "An argument refers to an environment variable that the container does not define",
        why: """
            Kubernetes leaves a $(VAR) that it cannot resolve as it is written, and nobody reports \
            it. With a literal $(POD_NAME) every receiver has the same external label and the same \
            local endpoint: writes go round in circles and blocks of different replicas overlap.
            """,
        fix: """
            Define the variable in the container's env, with a fieldRef to metadata.name or \
            metadata.namespace where the pod's own name is meant, before any entry that uses it. \
            Write $(VAR), not ${VAR}: there is no shell that would expand the latter.
            """,
        needs: .receivers, .optional(.components), .optional(.agents), .view,
        references: [
            "https://kubernetes.io/docs/tasks/inject-data-application/"
                + "define-interdependent-environment-variables/",
            "https://kubernetes.io/docs/tasks/inject-data-application/"
                + "environment-variable-expose-pod-information/",
        ],
        examples: envRefUnresolvedExamples
    ) { receivers, components, agents, view in
        let commands =
            receivers.map { ($0.workload, $0.container) }
            + (components ?? []).map { ($0.workload, $0.container) }
            + (agents ?? []).compactMap { agent in
                agent.workload.flatMap { workload in agent.container.map { (workload, $0) } }
            }
        return commands.compactMap { workload, container in
            let group = receivers.first { $0.reference == workload.reference }
            return finding(
                workload, of: group, UnresolvedReference.all(in: container, of: workload, view),
                view)
        }
    }
}

private func finding(
    _ workload: Workload, of group: ReceiverGroup?, _ references: [UnresolvedReference],
    _ view: ClusterView
) -> Finding? {
    guard let first = references.first else { return nil }
    let names = references.reduce(into: [String]()) {
        if !$0.contains($1.name) { $0.append($1.name) }
    }
    let isCertain = references.contains(where: \.isCertain)
    let list = names.joined(separator: " and ")
    let verb = first.isShellStyle ? "nothing expands" : "the container does not define"
    return Finding(
        "\(first.text) stays as it is written: \(verb) \(first.isShellStyle ? first.text : list)",
        object: workload.reference, at: first.range, label: "\(first.text) is taken literally",
        severity: isCertain ? nil : .warning, confidence: isCertain ? .certain : .likely,
        alsoAt: references.dropFirst().map { Place($0.range, "\($0.text), too") },
        evidence: [
            EvidenceItem(
                view.objectSource,
                first.isShellStyle
                    ? "Kubernetes expands $(\(first.name)) only, and the program is no shell"
                    : "env of container \(first.container.name) has no \(list)"
                        + (first.isTooLate ? " before the entry that uses it" : ""),
                command: view.kubectl(
                    "get \(workload.reference.kind.lowercased()) \(workload.reference.name) "
                        + "-o jsonpath='{.spec.template.spec.containers[*].env}'",
                    namespace: workload.namespace))
        ],
        repair: repair(workload, of: group, references, view))
}

private func repair(
    _ workload: Workload, of group: ReceiverGroup?, _ references: [UnresolvedReference],
    _ view: ClusterView
) -> Repair {
    let container = references[0].container
    let missing = references.filter { !$0.isShellStyle && !$0.isTooLate && $0.otherName == nil }
        .compactMap { reference in reference.field.map { (name: reference.name, field: $0) } }
    let fields = Dictionary(missing) { first, _ in first }.sorted { $0.key < $1.key }
    let advice =
        references.allSatisfy(\.isShellStyle)
        ? "write $(VAR) instead of ${VAR}"
        : "define \(Set(references.map(\.name)).sorted().joined(separator: " and ")) in the env of "
            + "container \(container.name), before what uses it"
    let text = group?.changingTemplate(advice) ?? advice
    let isKnown =
        references.allSatisfy { $0.edit != nil || $0.field != nil }
        && !references.contains(where: \.isTooLate)
    guard isKnown else { return Repair(text: text) }
    var edits = references.map(\.edit).filter { $0 != nil }
    if !fields.isEmpty { edits.append(definition(of: fields, in: container)) }
    let entries = fields.map {
        "{\"name\":\"\($0.key)\",\"valueFrom\":{\"fieldRef\":{\"fieldPath\":\"\($0.value)\"}}}"
    }
    let patch =
        "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"\(container.name)\","
        + "\"env\":[\(entries.joined(separator: ","))]}]}}}}"
    let isPatchable = ["StatefulSet", "Deployment", "DaemonSet"].contains(workload.object.kind)
    return Repair(
        edits: edits,
        command: view.isCluster && !fields.isEmpty && isPatchable
            ? view.kubectlPatch(workload.reference, patch, type: "strategic") : nil,
        text: text)
}

/// Adds entries to the container's `env`.
private func definition(
    of fields: [(key: String, value: String)], in container: Container
) -> TextEdit? {
    let lines = fields.flatMap { name, field in
        ["- name: \(name)", "  valueFrom: {fieldRef: {fieldPath: \(field)}}"]
    }
    guard let environment = container.node["env"] else {
        return .inserting(["env:"] + lines.map { "  \($0)" }, atTopOf: container.node)
    }
    return .inserting(lines, atEndOf: environment)
}
