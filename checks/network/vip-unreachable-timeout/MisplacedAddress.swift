import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel

/// Addresses of agents that lie in a pool of the receivers and are nobody's, or may move.
func misplaced(_ agents: [Agent], _ view: ClusterView) -> [Finding] {
    let pipeline = view.pipeline
    guard view.isComplete(kind: "Service") else { return [] }
    let services = pipeline.receiverServices.filter { $0.isLoadBalancer && $0.mayBelongToCilium }
    var seen: Set<String> = []
    return agents.flatMap { agent in
        agent.remoteWrites.compactMap { target -> Finding? in
            guard let host = target.endpoint?.host, seen.insert(host).inserted,
                let pool = pipeline.pools.first(where: { $0.isInUse && $0.contains(host) }),
                let service = services.first(where: pool.serves)
            else { return nil }
            let holders = pipeline.services.filter { $0.externalAddresses.contains(host) }
            if holders.isEmpty { return nobodys(host, target, agent, service, view) }
            guard let holder = services.first(where: { $0.externalAddresses.contains(host) }),
                holder.requestedAddresses.isEmpty
            else { return nil }
            return movable(host, target, agent, holder, view)
        }
    }
}

private func nobodys(
    _ host: String, _ target: RemoteWriteTarget, _ agent: Agent, _ service: ServiceObject,
    _ view: ClusterView
) -> Finding? {
    // Without any address it waits for one, which is another fault.
    guard let actual = service.externalAddresses.first else { return nil }
    return Finding(
        "the writes of \(agent.reference) go to \(host), which no Service has; "
            + "the receivers' has \(actual)",
        object: service.reference, at: target.url.range, label: "nobody's address",
        severity: .warning, confidence: .likely,
        alsoAt: [Place(service.object.range, "has \(actual)")],
        evidence: [evidence(service, view, "status.loadBalancer holds \(actual), not \(host)")],
        repair: Repair(
            text: "write to \(actual), or ask for \(host) with lbipam.cilium.io/ips"),
        about: [agent.reference])
}

private func movable(
    _ host: String, _ target: RemoteWriteTarget, _ agent: Agent, _ service: ServiceObject,
    _ view: ClusterView
) -> Finding {
    Finding(
        "the writes of \(agent.reference) go to \(host), an address that the "
            + "Service does not ask for and that may change",
        object: service.reference, at: service.object.range, label: "asks for no address",
        severity: .info, alsoAt: [Place(target.url.range, "counts on \(host)")],
        evidence: [evidence(service, view, "it has \(host) and no lbipam.cilium.io/ips")],
        repair: Repair(
            command: view.kubectl(
                "annotate service \(service.object.name) lbipam.cilium.io/ips=\(host)",
                namespace: service.namespace),
            text: "annotate the Service with lbipam.cilium.io/ips: \(host)"),
        about: [agent.reference])
}

private func evidence(
    _ service: ServiceObject, _ view: ClusterView, _ text: String
) -> EvidenceItem {
    EvidenceItem(
        "cluster", text,
        command: view.kubectl(
            "get service \(service.object.name) -o wide", namespace: service.namespace))
}
