import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel
import ReceiveFlags

extension Check {
    static let probesMissingOrWrong = Check(
        "probes-missing-or-wrong",
        severity: .warning,
        stage: .preInstall,
        summary: "Probes are absent, exchanged or on the wrong port",
        why: """
            A receiver answers 503 to writes until its WAL is read and its hashring is loaded, \
            and only /-/ready says when that is. Without a readiness probe that asks it, Services \
            send writes to receivers that refuse them, and a rollout goes on to the next one too \
            early. A probe on a port where nothing listens never succeeds.
            """,
        fix: """
            Let readinessProbe ask /-/ready and livenessProbe /-/healthy, both on the HTTP port, \
            10902 by default, with scheme HTTPS where --http.config switches TLS on.
            """,
        needs: .receivers, .view,
        references: [
            "https://thanos.io/tip/components/receive.md/",
            "https://github.com/thanos-io/kube-thanos",
            "https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/",
        ],
        examples: probesMissingOrWrongExamples
    ) { receivers, view in
        receivers.filter { !$0.isPatch }.flatMap { group -> [Finding] in
            let hasTLS = group.hasTLS(in: view)
            let faults = group.container.probes.compactMap {
                ProbeFault($0.field, $0.node, of: group, hasTLS: hasTLS)
            }
            let absent = group.isReadyAtOnce && !isStatedElsewhere(group, view)
            return (absent ? [missing(group, view)] : [])
                + faults.map { finding($0, of: group, view) }
        }
    }
}

/// Whether an overlay or a patch among the manifests states it.
private func isStatedElsewhere(_ group: ReceiverGroup, _ view: ClusterView) -> Bool {
    view.otherManifests(of: group.workload).contains { other in
        other.podSpec?.containers.contains { $0.node["readinessProbe"] != nil } ?? false
    }
}

private func missing(_ group: ReceiverGroup, _ view: ClusterView) -> Finding {
    let port = group.httpPort ?? 10902
    let lines = ["readinessProbe:", "  httpGet:", "    path: /-/ready", "    port: \(port)"]
    let container = group.container
    let patch =
        "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"\(container.name)\","
        + "\"readinessProbe\":{\"httpGet\":{\"path\":\"/-/ready\",\"port\":\(port)}}}]}}}}"
    let isPlain = container.node["readinessProbe"] == nil
    // TLS, passwords and a listener of the pod alone turn a plain probe away, for good.
    let isOpen =
        !group.flags.isGiven("--http.config")
        && !["127.", "localhost"].contains {
            group.flags.text(of: "--http-address")?.hasPrefix($0) ?? false
        }
    return Finding(
        "the receiver has no readiness probe: it is ready at once, and answers 503 to writes "
            + "until its WAL is read",
        object: group.reference, at: (container.node["name"] ?? container.node).range,
        label: "no readinessProbe", confidence: view.isWhole ? .certain : .likely,
        evidence: [
            EvidenceItem(
                view.objectSource, "container \(container.name) has no readinessProbe",
                command: view.commandShowing(group.reference))
        ],
        repair: Repair(
            edits: [isPlain && isOpen ? .inserting(lines, atEndOf: container.node) : nil],
            command: view.isCluster && isOpen && group.reference.kind != "Pod"
                ? view.kubectlPatch(group.reference, patch, type: "strategic") : nil,
            text: "let readinessProbe ask GET /-/ready on port \(port)"
                + (isOpen ? "" : ", as its --http.config and --http-address allow it")),
        about: about(group))
}

private func finding(
    _ fault: ProbeFault, of group: ReceiverGroup, _ view: ClusterView
) -> Finding {
    Finding(
        fault.message, object: group.reference, at: fault.place.range, label: fault.label,
        confidence: view.otherManifests(of: group.workload).isEmpty ? .certain : .likely,
        evidence: [
            EvidenceItem(
                view.objectSource, fault.message, command: view.commandShowing(group.reference))
        ],
        repair: Repair(
            edits: [fault.replacement.map { TextEdit.replacing(fault.place, with: $0) }],
            text: fault.advice),
        about: about(group))
}

private func about(_ group: ReceiverGroup) -> [ObjectReference] {
    group.services.map(\.reference) + group.pods.map(\.reference)
}
