import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel

/// A budget that lets more receivers go than a write can spare, or none at all.
func contradiction(
    _ budget: DisruptionBudget, to group: ReceiverGroup, _ copies: (count: Int, spare: Int),
    _ view: ClusterView
) -> Finding? {
    guard let allowed = budget.allowed, let limit = budget.limit else { return nil }
    let value = "\(limit.field): \(limit.node.scalarText ?? "")"
    let pods = budget.pods.map { " of \(counted($0, "pod"))" } ?? ""
    let isBlocking = allowed == 0
    guard isBlocking || (copies.count > 1 && allowed > max(1, copies.spare)) else { return nil }
    if !isBlocking, let pods = budget.pods, pods <= max(1, copies.spare) { return nil }
    // With one pod to protect, a drain that waits for a person may be what is wanted.
    let isDeliberate = isBlocking && budget.pods == 1
    let what =
        isBlocking
        ? "\(value)\(pods) lets none be evicted: a drain of its node never ends"
        : "\(value)\(pods) lets \(allowed) receivers be evicted at once, and a write with "
            + "\(copies.count) copies survives the loss of \(copies.spare)"
    return Finding(
        what, object: budget.object.reference, at: limit.node.range,
        label: isBlocking ? "allows nothing" : "allows \(allowed)",
        severity: isDeliberate ? .info : nil, confidence: view.isWhole ? .certain : .likely,
        evidence: [
            EvidenceItem(
                view.objectSource, "\(budget.object.reference) has \(value)",
                command: view.commandShowing(budget.object.reference))
        ],
        repair: repair(budget, limit, allowing: max(1, copies.spare), view),
        about: [group.reference] + group.services.map(\.reference))
}

private func repair(
    _ budget: DisruptionBudget, _ limit: (field: String, node: Node), allowing number: Int,
    _ view: ClusterView
) -> Repair {
    guard let value = budget.limit(allowing: number) else {
        return Repair(text: "state maxUnavailable: \(number) instead")
    }
    let patch = "{\"spec\":{\"\(limit.field)\":\(value)}}"
    return Repair(
        edits: [.replacing(limit.node, with: value)],
        command: view.isCluster ? view.kubectlPatch(budget.object.reference, patch) : nil,
        text: "state \(limit.field): \(value)")
}
