import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel

extension Check {
    static let resourcesUnbounded = Check(
        "resources-unbounded",
        severity: .warning,
        stage: .preInstall,
        summary: "Receivers or agents have no requests and limits, or too tight ones",
        why: """
            A receiver's memory grows with its series. Without a request the scheduler puts it on \
            a node that has no room and the kubelet evicts it first; without a limit it takes its \
            neighbours along. A tight CPU limit makes the replay of the WAL slow and writes of \
            the other receivers time out.
            """,
        fix: """
            Measure the head's series and state memory as request and limit alike, with room for \
            the replay. State a CPU request, and no CPU limit.
            """,
        needs: .receivers, .optional(.agents),
        .optional(
            .receiverRates(
                "process_cpu_seconds_total", "go_memstats_sys_bytes",
                "go_memstats_heap_released_bytes")), .view,
        references: [
            "https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/",
            "https://github.com/thanos-io/kube-thanos",
        ],
        examples: resourcesUnboundedExamples
    ) { receivers, agents, measured, view in
        receivers.flatMap { group -> [Finding] in
            let user = ResourceUser(
                workload: group.workload, container: group.container, pods: group.pods)
            let pages = measured?.of(group.reference)?.pods ?? []
            let services = group.services.map(\.reference)
            return [
                unstated(user, about: services, view),
                exhausted(group, pages, view) ?? tight(group, view),
            ].compactMap(\.self)
        }
            + (agents ?? []).compactMap { agent in
                guard let workload = agent.workload, let container = agent.container else {
                    return nil
                }
                let user = ResourceUser(workload: workload, container: container, pods: agent.pods)
                return unstated(user, about: [], view)
            }
    }
}

/// Neither asked for nor limited.
private func unstated(
    _ user: ResourceUser, about services: [ObjectReference], _ view: ClusterView
) -> Finding? {
    let resources = user.resources
    let lacks = [
        resources.isRequested("memory") ? nil : "memory request",
        resources.limit("memory") == nil ? "memory limit" : nil,
        resources.isRequested("cpu") ? nil : "CPU request",
    ].compactMap(\.self)
    guard !lacks.isEmpty, user.isSelfStated(in: view) else { return nil }
    let list = lacks.formatted(with: "and")
    let container = user.container
    return Finding(
        "container \(container.name) has no \(list)",
        object: user.workload.reference,
        at: (container.node.key("resources") ?? container.node["name"] ?? container.node).range,
        label: "no \(list)", severity: resources.isRequested("memory") ? .info : nil,
        confidence: view.isCluster ? .certain : .likely,
        evidence: [
            EvidenceItem(
                view.objectSource, "resources of container \(container.name) lack \(list)",
                command: view.commandShowing(user.workload.reference))
        ],
        repair: Repair(
            text:
                "state memory as request and limit, from what the busiest pod uses and its replay "
                + "needs, and a CPU request"),
        about: services + user.pods.map(\.reference))
}

extension [String] {
    /// A list for people: `a, b and c`.
    fileprivate func formatted(with word: String) -> String {
        guard let last, count > 1 else { return first ?? "" }
        return dropLast().joined(separator: ", ") + " \(word) \(last)"
    }
}
