import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel
import ReceiveFlags

extension Check {
    static let queryEndpointMissing = Check(
        "query-endpoint-missing",
        severity: .error,
        summary: "Query does not ask the receivers, or the Store Gateway",
        why: """
            Query answers with what its endpoints have, and with an empty success where none of \
            them has anything: series that receivers hold seem to be lost. A wrong port or a port \
            name that the Service lacks is only a line in Query's log.
            """,
        fix: """
            Name the gRPC port of the receivers' headless Service, which brings every pod: \
            --endpoint=dnssrv+_grpc._tcp.SERVICE.NAMESPACE.svc.cluster.local, and the Store \
            Gateway's in the same way.
            """,
        needs: .components, .optional(.receivers), .optional(.queries), .now, .view,
        references: [
            "https://thanos.io/tip/thanos/service-discovery.md/",
            "https://github.com/thanos-io/thanos/issues/2857",
        ],
        examples: queryEndpointMissingExamples
    ) { components, receivers, queries, now, view in
        let asked = AskedStores(components, receivers ?? [], view)
        return asked.idle.map { finding($0, view) }
            + asked.misdirected.map { finding($0, view) }
            + asked.forgotten.map { finding($0, asked, view) }
            + (queries ?? []).flatMap { unseen(by: $0, receivers ?? [], now: now, view) }
    }
}

private func evidence(_ query: ThanosComponent, _ what: String, _ view: ClusterView) -> EvidenceItem
{
    EvidenceItem(
        view.isCluster ? "cluster" : "manifest", what,
        command: view.kubectl(
            "get \(query.reference.kind.lowercased()) \(query.reference.name) -o yaml",
            namespace: query.reference.namespace))
}

private func finding(_ query: ThanosComponent, _ view: ClusterView) -> Finding {
    Finding(
        "there is no --endpoint, and no other way to find one: every answer is empty",
        object: query.reference, at: query.nameRange, label: "no --endpoint among its arguments",
        evidence: [evidence(query, "no --endpoint is given", view)],
        repair: Repair(
            text: "add --endpoint=dnssrv+_grpc._tcp.SERVICE.NAMESPACE.svc.cluster.local"))
}

private func finding(_ wrong: AskedStores.Misdirection, _ view: ClusterView) -> Finding {
    Finding(
        wrong.message, object: wrong.query.reference, at: wrong.endpoint.text.range,
        label: wrong.label,
        evidence: [evidence(wrong.query, wrong.message, view)],
        repair: Repair(text: wrong.repair), about: wrong.about)
}

private func finding(
    _ target: AskedStores.Target, _ asked: AskedStores, _ view: ClusterView
) -> Finding {
    // A name that is nobody's here may lead to it, and so may a Query of another cluster.
    let isCertain = view.isWhole && !asked.hasForeignEndpoints && !target.isExposed
    let query = asked.queries[0]
    let message = "no Query asks \(target.reference): what it holds cannot be queried"
    return Finding(
        message, object: query.reference,
        at: QueryEndpoint.all(of: query).first?.text.range ?? query.nameRange,
        label: "leads elsewhere", severity: isCertain ? nil : .warning,
        confidence: isCertain ? .certain : .likely,
        evidence: [evidence(query, message, view)],
        repair: Repair(text: "add \(target.wantedFlag)"), about: [target.reference])
}

/// What Query says of its stores: none is a receiver, or it cannot reach one that is ready.
private func unseen(
    by query: QueryState, _ receivers: [ReceiverGroup], now: Double, _ view: ClusterView
) -> [Finding] {
    let groups = receivers.filter { group in
        group.flags.mode.stores && group.pods.contains(where: \.isReady)
    }
    let types = Set(query.stores.map(\.type))
    let object = query.reference
    let command = query.command("/api/v1/stores", in: view)
    guard let first = groups.first, !types.isEmpty else { return [] }
    if types.isDisjoint(with: ["receive", "query", "unknown"]) {
        return [
            Finding(
                "none of the \(counted(query.stores.count, "store")) of Query is a receiver, and "
                    + "\(first.reference) is ready",
                object: object,
                evidence: [
                    EvidenceItem(
                        "query", "its stores are of type \(types.sorted().joined(separator: ", "))",
                        command: command)
                ],
                repair: Repair(
                    text: "add an --endpoint that names the receivers' headless Service"),
                about: groups.map(\.reference))
        ]
    }
    let dropped = groups.flatMap { unlisted(by: query, $0, now: now, view) }
    return dropped
        + groups.flatMap { group in
            group.pods.filter(\.isReady).compactMap { pod in
                let store = query.stores.first { $0.host == pod.address && $0.lastError != nil }
                guard let error = store?.lastError else { return nil }
                return Finding(
                    "\(pod.name) is ready, and Query cannot reach it: \(error)",
                    object: object,
                    evidence: [
                        EvidenceItem(
                            "query", "lastError of \(pod.name): \(error)", command: command)
                    ],
                    repair: Repair(
                        text: "check gRPC TLS on both sides, and network policies between"),
                    about: [group.reference, pod.reference])
            }
        }
}
