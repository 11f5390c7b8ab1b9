import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel
import ReceiveFlags

extension Check {
    static let rwUnauthenticatedVip = Check(
        "rw-unauthenticated-vip",
        severity: .warning,
        stage: .preRollout,
        summary: "Anyone who reaches the address can write, and choose the tenant",
        why: """
            Receive knows no authentication but client certificates. Whoever reaches its \
            remote-write port can write any series, as any tenant, and fill memory and disk.
            """,
        fix: """
            Name the agents' networks in loadBalancerSourceRanges or in a network policy, ask for \
            client certificates with --remote-write.server-tls-client-ca, or put a proxy that \
            authenticates in front.
            """,
        needs: .receivers, .optional(.objects(.networkPolicies)),
        .optional(.objects(.ciliumNetworkPolicies)),
        .optional(.objects(.ciliumClusterwideNetworkPolicies)), .view,
        references: [
            "https://thanos.io/tip/components/receive.md/",
            "https://kubernetes.io/docs/concepts/services-networking/service/",
        ],
        examples: rwUnauthenticatedVipExamples
    ) { receivers, plain, namespaced, clusterwide, view in
        let policies = ((plain ?? []) + (namespaced ?? []) + (clusterwide ?? []))
            .flatMap(TrafficPolicy.all)
        let labels = NamespaceLabels(view.objects.of(kind: "Namespace"))
        let escaping = receivers.compactMap { Finding(escapingTenantsOf: $0, view) }
        return escaping
            + receivers.flatMap { group -> [Finding] in
                guard group.flags.text(of: "--remote-write.server-tls-client-ca")?.isEmpty != false
                else { return [] }
                let flows = view.pipeline.requiredFlows(
                    of: group, namespaces: labels, hasCilium: true)
                return group.loadBalancers.compactMap { service in
                    let flow = flows.first { $0.purpose == .clients(service.reference) }
                    guard let flow, service.isOpenToAll,
                        flow.answer(of: policies, namespaces: labels).isolating.isEmpty
                    else { return nil }
                    return finding(service, group, view)
                }
            }
    }
}

private func finding(
    _ service: ServiceObject, _ group: ReceiverGroup, _ view: ClusterView
) -> Finding {
    let name = service.object.name
    let spec = service.object.spec
    let type = spec?["type"]
    let choosesTenant =
        group.flags.tenantCertificateField == nil
        ? "; the sender chooses the tenant with the header \(group.flags.tenantHeader)" : ""
    return Finding(
        "the Service lets everyone write who reaches it\(choosesTenant)",
        object: service.reference, at: (type ?? service.object.node).range,
        label: "no source ranges", confidence: .likely,
        alsoAt: [
            Place(
                group.range(ofFlag: "--remote-write.server-tls-client-ca"),
                "asks for no client certificate")
        ],
        evidence: [
            EvidenceItem(
                view.isCluster ? "cluster" : "manifest",
                "no loadBalancerSourceRanges, no network policy and no "
                    + "--remote-write.server-tls-client-ca",
                command: view.kubectl("get service \(name) -o yaml", namespace: service.namespace))
        ],
        repair: Repair(
            text: "state spec.loadBalancerSourceRanges with the agents' networks, such as "
                + "[192.168.0.0/16]"),
        about: [group.reference])
}
