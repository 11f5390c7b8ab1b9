import Diagnosis
import Evidence
import KubernetesModel
import PipelineModel

extension Check {
    static let e2eSeriesMissing = Check(
        "e2e-series-missing",
        severity: .critical,
        stage: .postRollout,
        summary: "Series of an edge cluster are not to be seen centrally",
        why: """
            This is what the users of the metrics notice: a series that an edge should deliver is \
            absent from Thanos Query, or its newest sample is old, or fewer targets arrive than the \
            agent has.
            """,
        fix: """
            Follow the series from its source: is the target up at the agent, does the agent's \
            queue move, do the receivers take the writes, is the receiver among Query's stores.
            """,
        needs: .queries, .optional(.receivers), .optional(.agents),
        .optional(.allAgentMetrics(TargetCount.targets, TargetCount.start)), .now, .view,
        references: [
            "https://thanos.io/tip/components/query.md/"
        ],
        examples: e2eSeriesMissingExamples
    ) { queries, receivers, agents, measured, now, view in
        queries.flatMap { query in
            let missing = query.series.filter { $0.age.map { $0 > staleAfter } ?? true }
            let present = query.series.filter { $0.age.map { $0 <= staleAfter } ?? false }
            return missing.map { finding($0, query, receivers ?? [], agents ?? [], view) }
                + present.compactMap { series in
                    TargetCount(of: series, at: measured ?? [], now: now)
                        .map { $0.finding(query, receivers ?? [], view) }
                }
        }
    }
}

/// Prometheus' lookback: a series without a sample for so long is absent from instant queries.
private let staleAfter = 300.0

private func finding(
    _ series: SeriesFreshness, _ query: QueryState, _ receivers: [ReceiverGroup], _ agents: [Agent],
    _ view: ClusterView
) -> Finding {
    let what =
        series.age.map { "its newest sample is \(Int($0)) seconds old" } ?? "it has no sample"
    // Agents that state a label of the selector are those that should deliver it.
    let senders = agents.filter { agent in
        agent.configuration?.externalLabels.contains { name, value in
            series.selector.contains("\(name)=\"\(value)\"")
        } ?? false
    }
    let path = senders.map(\.reference) + receivers.map(\.reference)
    let stores = Dictionary(grouping: query.stores, by: \.type).map { type, stores in
        "\(stores.count) of type \(type)"
    }.sorted().joined(separator: ", ")
    return Finding(
        "series \(series.selector) is missing: \(what)",
        object: ObjectReference(kind: "Series", name: series.selector),
        evidence: [
            EvidenceItem(
                "query", "\(series.selector): \(what)",
                command: query.command(
                    "/api/v1/query", query: SeriesFreshness.query(series.selector), in: view))
        ]
            + (stores.isEmpty
                ? []
                : [
                    EvidenceItem(
                        "query", "Query has stores: \(stores)",
                        command: query.command("/api/v1/stores", in: view))
                ]),
        repair: Repair(text: "follow the series from its target through the agent's queue"),
        about: path + (query.component.map { [$0] } ?? []))
}
