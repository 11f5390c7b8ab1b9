import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel

extension Check {
    static let svcExternalIpPending = Check(
        "svc-external-ip-pending",
        severity: .critical,
        stage: .postRollout,
        summary: "A LoadBalancer Service of the receivers has no external address",
        why: """
            The agents of other clusters write to the external address. While the Service waits \
            for one there is nothing to write to, and the agents queue.
            """,
        fix: """
            Do what the reason in the Service's condition asks for: widen the pool, correct its \
            selector, free or change the requested address, or remove the loadBalancerClass.
            """,
        needs: .receiverServices, .optional(.receiverIngresses), .view,
        .optional(.ciliumAddressing), .now,
        references: [
            "https://docs.cilium.io/en/stable/network/lb-ipam/"
        ],
        examples: svcExternalIpPendingExamples
    ) { services, ingresses, view, addressing, now in
        if view.isCluster {
            return services.compactMap { pending($0, now: now, view) }
                + (ingresses ?? []).compactMap { pending($0, now: now, view) }
        }
        guard let addressing else { return [] }
        return addressing.receiverServices.flatMap { unavailable($0, addressing, view) }
    }
}

private func pending(
    _ service: ServiceObject, now: Double, _ view: ClusterView
) -> Finding? {
    guard service.isLoadBalancer, service.externalAddresses.isEmpty else { return nil }
    return finding(service, now: now, view)
}

/// The Service that Cilium made of an Ingress; without it the Ingress has no address.
private func pending(
    _ ingress: IngressObject, now: Double, _ view: ClusterView
) -> Finding? {
    guard ingress.isCilium,
        let service = view.pipeline.services.first(where: {
            $0.reference == ingress.generatedService
        }), service.isLoadBalancer, service.externalAddresses.isEmpty
    else { return nil }
    var finding = finding(service, now: now, view)
    finding.message += ", and so \(ingress.reference) has none"
    finding.severity = min(finding.severity ?? .error, .error)
    finding.about = [ingress.reference]
    return finding
}

private func finding(
    _ service: ServiceObject, now: Double, _ view: ClusterView
) -> Finding {
    let name = service.reference.name
    let age = service.object.creationTimestamp.flatMap(Timestamp.seconds(rfc3339:)).map { now - $0 }
    // A cloud takes minutes to make a load balancer, unless it has refused.
    let mayPass = service.refusalReason == nil && (age.map { $0 < 300 } ?? false)
    return Finding(
        "the Service has no external address: \(reason(service))",
        object: service.reference, at: service.object.range, severity: mayPass ? .warning : nil,
        confidence: mayPass ? .likely : .certain,
        evidence: [
            EvidenceItem(
                "cluster", "status.loadBalancer is empty: \(reason(service))",
                command: view.kubectl("get service \(name)", namespace: service.namespace))
        ],
        repair: Repair(text: advice(service)))
}

private func reason(_ service: ServiceObject) -> String {
    if let reason = service.refusalReason {
        let message = service.refusalMessage.map { $0.isEmpty ? "" : " (\($0))" } ?? ""
        return "Cilium says \(reason)\(message)"
    }
    if let foreign = service.loadBalancerClass, !service.mayBelongToCilium {
        return "its loadBalancerClass is \(foreign), and that provider has not answered"
    }
    return "no provider of addresses has answered"
}

/// What Cilium's reasons ask for (`operator/pkg/lbipam` in Cilium).
private func advice(_ service: ServiceObject) -> String {
    switch service.refusalReason {
    case "out_of_ips"?: "widen spec.blocks of the pool, or let Services share an address"
    case "no_pool"?:
        "let the serviceSelector of an enabled pool match the Service's labels, or create a pool "
            + "with addresses that no other holds"
    case "pool_selector_mismatch"?: "let a pool's serviceSelector match the Service's labels"
    case "already_allocated_incompatible_service"?:
        "share the address only under one key, with other ports and the same "
            + "externalTrafficPolicy, or ask for another"
    case let reason? where reason.hasPrefix("already_allocated"):
        "ask for an address that is free, or share it under the same sharing key"
    case nil where service.loadBalancerClass != nil && !service.mayBelongToCilium:
        "let that provider answer, or make the Service anew without loadBalancerClass, which "
            + "cannot be changed"
    case _?, nil: "see what the provider of addresses says of the Service"
    }
}
