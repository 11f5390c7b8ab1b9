import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel

/// Pods that are ready, and that Query does not list beside the others of their group: it drops
/// an endpoint that does not answer it (`pkg/query/endpointset.go` of Thanos).
func unlisted(
    by query: QueryState, _ group: ReceiverGroup, now: Double, _ view: ClusterView
) -> [Finding] {
    let hosts = Set(query.stores.map(\.host))
    let isListed = { (pod: Pod) in pod.address.map(hosts.contains) ?? true }
    // Another Query, a proxy or a name may stand for several receivers.
    guard query.stores.allSatisfy({ !["query", "unknown"].contains($0.type) }),
        group.pods.contains(where: { $0.address != nil && isListed($0) })
    else { return [] }
    let missing = group.pods.filter { pod in
        let since = pod.readiness?["lastTransitionTime"]?.string
            .flatMap(Timestamp.seconds(rfc3339:))
        // The resolver asks again after half a minute, and endpoints stay for five.
        return pod.isReady && !isListed(pod) && (since.map { now - $0 > 600 } ?? false)
    }
    guard let first = missing.first else { return [] }
    return [
        Finding(
            "\(listed(missing.map(\.name))) \(missing.count == 1 ? "is" : "are") ready, and Query "
                + "does not list \(missing.count == 1 ? "it" : "them") among its stores",
            object: query.reference, severity: .warning, confidence: .likely,
            evidence: [
                EvidenceItem(
                    "query", "no store has the address of \(first.name), \(first.address ?? "")",
                    command: query.command("/api/v1/stores", in: view))
            ],
            repair: Repair(
                text: "check network policies and TLS between them, and the records of the "
                    + "headless Service"),
            about: [group.reference] + missing.map(\.reference))
    ]
}
