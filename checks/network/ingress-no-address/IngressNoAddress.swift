import Diagnosis
import Evidence
import KubernetesModel
import PipelineModel

extension Check {
    static let ingressNoAddress = Check(
        "ingress-no-address",
        severity: .error,
        stage: .postRollout,
        summary: "An Ingress in front of receivers has no address",
        why: """
            Without an address no client reaches the Ingress. Cilium gives one only after the \
            Service that it made for the Ingress has an external address itself.
            """,
        fix: """
            Give the generated Service an address, or remove the Ingress and write to the \
            receivers' LoadBalancer Service: remote write is one path on one port.
            """,
        needs: .receiverIngresses, .cluster,
        references: [
            "https://docs.cilium.io/en/stable/network/servicemesh/ingress/",
            "https://github.com/cilium/cilium/issues/39322",
        ],
        examples: ingressNoAddressExamples
    ) { ingresses, view in
        ingresses.filter(\.addresses.isEmpty).map { finding($0, view) }
    }
}

private func finding(_ ingress: IngressObject, _ view: ClusterView) -> Finding {
    let generated = view.pipeline.services.first { $0.reference == ingress.generatedService }
    // In host network mode the generated Service is no load balancer, and there is no address.
    // In shared mode it takes that of another Service, which host network mode leaves without one.
    let isCertain =
        ingress.isCilium && ingress.hasDedicatedLoadBalancer && generated?.isLoadBalancer != false
    let name = ingress.reference.name
    return Finding(
        "the Ingress has no address: \(reason(ingress, generated))",
        object: ingress.reference, at: ingress.object.range,
        severity: isCertain ? nil : .warning, confidence: isCertain ? .certain : .possible,
        evidence: [
            EvidenceItem(
                "cluster", "status.loadBalancer of class \(ingress.className ?? "none") is empty",
                command: view.kubectl(
                    "get ingress \(name)", namespace: ingress.reference.namespace))
        ],
        repair: Repair(
            text: "give it an address, or remove it and write to the LoadBalancer Service"),
        about: ingress.isCilium ? [ingress.generatedService] : [])
}

private func reason(_ ingress: IngressObject, _ generated: ServiceObject?) -> String {
    guard ingress.isCilium else {
        return "its class is \(ingress.className ?? "not stated"), whose controller may need none"
    }
    guard ingress.hasDedicatedLoadBalancer else { return "it is in shared mode" }
    guard let generated else {
        return "Cilium has made no Service \(ingress.generatedService.name) for it"
    }
    guard generated.isLoadBalancer else {
        return "its generated Service is of type \(generated.type), as in host network mode"
    }
    guard generated.externalAddresses.isEmpty else {
        return "its generated Service has one, which is yet to be copied"
    }
    let why = generated.refusalReason.map { " (\($0))" } ?? ""
    return "its generated Service \(generated.reference.name) waits for one itself\(why)"
}
