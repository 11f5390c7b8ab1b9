import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel

extension Check {
    static let networkpolicyBlocksReceive = Check(
        "networkpolicy-blocks-receive",
        severity: .error,
        stage: .preRollout,
        summary: "A network policy cuts a receiver off from what it needs",
        why: """
            A pod that one policy selects gets only what some policy allows. What is not allowed is \
            dropped without an answer, so that clients, peers or uploads run into timeouts while \
            everything else looks healthy. Writes through a load balancer come from outside or from \
            a node, never from the client's pod, and those through a Cilium Ingress come from its \
            own identity.
            """,
        fix: """
            Allow the flow that is missing: the remote-write port from the clients' networks (or the \
            identity ingress), the gRPC port from the receivers and from Query, and egress to DNS, \
            to the other receivers and to object storage.
            """,
        needs: .receivers, .objects(.networkPolicies), .objects(.ciliumNetworkPolicies),
        .objects(.ciliumClusterwideNetworkPolicies), .optional(.objects(.namespaces)),
        .optional(.components), .optional(.receiverIngresses), .optional(.servedKinds),
        .optional(.probes), .view,
        references: [
            "https://kubernetes.io/docs/concepts/services-networking/network-policies/",
            "https://docs.cilium.io/en/stable/security/policy/language/",
            "https://docs.cilium.io/en/stable/network/servicemesh/ingress/",
        ],
        examples: networkpolicyBlocksReceiveExamples
    ) { receivers, plain, namespaced, clusterwide, namespaces, _, _, served, probes, view in
        let policies = (plain + namespaced + clusterwide).flatMap(TrafficPolicy.all)
        guard !policies.isEmpty else { return [] }
        let judge = FlowJudge(
            policies: policies, namespaces: NamespaceLabels(namespaces ?? []),
            hasCilium: hasCilium(view, served), isOverruled: isOverruled(view, served),
            probes: probes ?? [], view: view)
        return receivers.flatMap(judge.findings)
    }
}

private func hasCilium(_ view: ClusterView, _ served: Set<ServedKind>?) -> Bool {
    let kinds = ["CiliumNetworkPolicy", "CiliumClusterwideNetworkPolicy"]
    return !view.pipeline.pools.isEmpty || !view.pipeline.l2Policies.isEmpty
        || view.pipeline.ingresses.contains(where: \.isCilium)
        || kinds.contains { !view.objects.of(kind: $0).isEmpty }
        || (view.isCluster && served?.contains { kinds.contains($0.kind) } == true)
}

/// Whether policies of another kind may be there, which come before those that were read.
private func isOverruled(_ view: ClusterView, _ served: Set<ServedKind>?) -> Bool {
    let others = [
        "AdminNetworkPolicy", "BaselineAdminNetworkPolicy", "ClusterNetworkPolicy",
        "GlobalNetworkPolicy",
    ]
    return others.contains { !view.objects.of(kind: $0).isEmpty }
        || view.objects.of(kind: "NetworkPolicy").contains { $0.apiGroup != "networking.k8s.io" }
        || (view.isCluster && served?.contains { others.contains($0.kind) } == true)
}
