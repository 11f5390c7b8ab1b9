import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel
import ReceiveFlags

extension Check {
    static let queryReplicaLabelMissing = Check(
        "query-replica-label-missing",
        severity: .warning,
        summary: "Query is not told the label by which copies are to be merged",
        why: """
            With a replication factor of three every series is stored three times, told apart by \
            a label of the receiver. Unless Query knows that label, each series shows three times, \
            and sums are three times too high.
            """,
        fix: """
            Name the label that differs between the receivers with --query.replica-label, and the \
            one that differs between the replicas of an agent with another of the same. Keep \
            deduplication switched on in the data source.
            """,
        needs: .components, .receivers, .optional(.queries), .view,
        references: [
            "https://thanos.io/tip/components/query.md/#deduplication",
            "https://github.com/thanos-io/thanos/issues/6890",
        ],
        examples: queryReplicaLabelMissingExamples
    ) { components, receivers, queries, view in
        let replicated = receivers.filter { group in
            group.flags.mode.stores && group.wantedPods > 1
                && receivers.copies(near: group).count > 1
        }
        let asking = components.filter { component in
            component.program == .query && component.container.image != nil
                && view.otherManifests(of: component.workload).isEmpty
        }
        let unmerged = asking.flatMap { query in
            replicated.compactMap { finding(query, $0, view) }
        }
        guard unmerged.isEmpty else { return unmerged }
        return (queries ?? []).compactMap { finding($0, replicated, asking, view) }
    }
}

private func finding(
    _ query: ThanosComponent, _ group: ReceiverGroup, _ view: ClusterView
) -> Finding? {
    let varying = group.varyingLabels.map(\.name)
    let told = query.values(of: "--query.replica-label")
    let asks = QueryEndpoint.all(of: query).contains { endpoint in
        group.services.contains { endpoint.names($0, from: query.reference.namespace) }
    }
    // Without a label that differs there is nothing to be told: receive-external-labels.
    guard asks, !varying.isEmpty, !told.contains(where: { $0.value.contains("$") }),
        Set(told.flatMap { labels(in: $0.value, query.version) }).isDisjoint(with: varying)
    else { return nil }
    let name = varying[0]
    let names = told.map(\.value).joined(separator: ", ")
    return Finding(
        "the \(group.replicationFactor) copies in \(group.reference) differ in \(name), and "
            + (told.isEmpty
                ? "no --query.replica-label is given" : "Query merges by \(names) only"),
        object: query.reference, at: told.first?.range ?? query.nameRange,
        label: told.isEmpty ? "no --query.replica-label" : "not \(name)",
        alsoAt: group.flags.isGiven("--label")
            ? [Place(group.range(ofFlag: "--label"), "labels of the receivers")] : [],
        evidence: [
            EvidenceItem(
                view.isCluster ? "cluster" : "manifest",
                "--query.replica-label is \(told.isEmpty ? "not given" : names)",
                command: view.kubectl(
                    "get \(query.reference.kind.lowercased()) \(query.reference.name) -o yaml",
                    namespace: query.reference.namespace))
        ],
        repair: Repair(text: "add --query.replica-label=\(name)"), about: [group.reference])
}

/// Merging that changes nothing, although Query reaches more than one receiver.
private func finding(
    _ query: QueryState, _ replicated: [ReceiverGroup], _ asking: [ThanosComponent],
    _ view: ClusterView
) -> Finding? {
    guard let counts = query.counts, counts.raw > 0, counts.deduplicated == counts.raw,
        let group = replicated.first, query.stores.count(where: { $0.type == "receive" }) > 1
    else { return nil }
    let count = Int(counts.raw)
    return Finding(
        "deduplication changes nothing: \(count) series with it and without it, of "
            + "\(group.replicationFactor) copies each",
        object: query.component ?? asking.first?.reference ?? query.reference,
        confidence: .likely,
        evidence: [
            EvidenceItem(
                "query", "count(up) is \(count) with dedup=true and with dedup=false",
                command: query.command("/api/v1/query", query: "count(up)", in: view))
        ],
        repair: Repair(
            text: "name the label that differs between the receivers with --query.replica-label"),
        about: [group.reference])
}

/// Since v0.37 one flag may hold several names (pkg/query of Thanos).
private func labels(in value: String, _ version: Version?) -> [String] {
    if let version, version < Version(0, 37) { return [value] }
    return value.split(separator: ",").map(String.init)
}
