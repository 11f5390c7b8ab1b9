import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel
import ReceiveFlags

extension Check {
    static let queryEndpointLoadBalanced = Check(
        "query-endpoint-load-balanced",
        severity: .warning,
        summary: "Query reaches the receivers through one address, and so only one of them",
        why: """
            Query keeps one gRPC connection to each address, and a ClusterIP or a load balancer \
            ties it to one pod. The other receivers are not asked: results differ from one restart \
            to the next, and series that only they hold are missing.
            """,
        fix: """
            Give the receivers a headless Service and look its pods up: \
            --endpoint=dnssrv+_grpc._tcp.SERVICE.NAMESPACE.svc.cluster.local, or dns+ with the port.
            """,
        needs: .components, .receivers, .optional(.queries), .view,
        references: [
            "https://thanos.io/tip/thanos/service-discovery.md/#dns-service-discovery",
            "https://github.com/thanos-io/thanos/issues/6890",
        ],
        examples: queryEndpointLoadBalancedExamples
    ) { components, receivers, queries, view in
        let groups = receivers.filter { $0.flags.mode.stores && $0.wantedPods > 1 }
        let asking = components.filter { component in
            component.program == .query && component.container.image != nil
        }
        let stated = asking.flatMap { query in
            QueryEndpoint.all(of: query).compactMap { finding($0, query, groups, view) }
        }
        guard stated.isEmpty else { return stated }
        return (queries ?? []).flatMap { query in groups.compactMap { finding(query, $0, view) } }
    }
}

private func finding(
    _ endpoint: QueryEndpoint, _ query: ThanosComponent, _ groups: [ReceiverGroup],
    _ view: ClusterView
) -> Finding? {
    // An endpoint group balances on purpose.
    guard !endpoint.isGroup else { return nil }
    for group in groups {
        let own = group.services.filter {
            endpoint.names($0, from: query.reference.namespace) && !endpoint.namesPod(of: $0)
        }
        guard let service = own.first, let reason = reason(endpoint, service),
            !isReachedOtherwise(group, by: query)
        else { continue }
        let headless = group.services.first(where: \.isHeadless)
        return Finding(
            "\(endpoint.text.value) \(reason), and \(counted(group.wantedPods, "receiver")) run",
            object: query.reference, at: endpoint.text.range, label: "one of them is asked",
            evidence: [
                EvidenceItem(
                    view.isCluster ? "cluster" : "manifest",
                    "\(service.reference) is \(service.isHeadless ? "headless" : service.type)",
                    command: view.kubectl(
                        "get service \(service.object.name)", namespace: service.namespace))
            ],
            repair: Repair(
                text: headless.map { "look up the pods of \($0.reference) with dns+ or dnssrv+" }
                    ?? "add a headless Service for the receivers, and look its pods up with dns+"),
            about: [group.reference, service.reference])
    }
    return nil
}

/// Why the endpoint leads to one pod only; nil when it leads to each.
private func reason(_ endpoint: QueryEndpoint, _ service: ServiceObject) -> String? {
    guard service.isHeadless else { return "is one address of \(service.reference)" }
    if case .plain = endpoint.lookup { return "is one connection, whatever DNS answers" }
    return nil
}

/// Whether another endpoint of the same Query brings the pods, too.
private func isReachedOtherwise(_ group: ReceiverGroup, by query: ThanosComponent) -> Bool {
    query.findsEndpointsElsewhere
        || QueryEndpoint.all(of: query).contains { endpoint in
            group.services.contains { service in
                guard service.isHeadless, endpoint.names(service, from: query.reference.namespace)
                else { return false }
                if case .plain = endpoint.lookup { return endpoint.namesPod(of: service) }
                return true
            }
        }
}

/// One store at the Service's own address, where several receivers are ready.
private func finding(
    _ query: QueryState, _ group: ReceiverGroup, _ view: ClusterView
) -> Finding? {
    let addresses = group.services.flatMap { $0.clusterAddresses + $0.externalAddresses }
    let stores = query.stores.filter { $0.type == "receive" }
    let ready = group.pods.filter(\.isReady)
    guard ready.count > 1, let store = stores.first(where: { addresses.contains($0.host) }),
        !stores.contains(where: { store in ready.contains { $0.address == store.host } })
    else { return nil }
    return Finding(
        "the only way to \(counted(ready.count, "receiver")) is the one address \(store.name)",
        object: query.reference,
        evidence: [
            EvidenceItem(
                "query",
                "the stores of type receive are \(stores.map(\.name).joined(separator: ", "))",
                command: query.command("/api/v1/stores", in: view))
        ],
        repair: Repair(text: "look up the pods of a headless Service with dns+ or dnssrv+"),
        about: [group.reference])
}
