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
        needs: .queries, .optional(.receivers), .allViews,
        .optional(.allAgentMetrics(TargetCount.targets, TargetCount.start)), .now, .view,
        references: [
            "https://thanos.io/tip/components/query.md/"
        ],
        examples: e2eSeriesMissingExamples
    ) { queries, receivers, views, measured, now, view in
        // A Query of an edge shows that edge alone, and one of several need not show everything.
        let central = queries.filter { $0.component == nil || receivers?.isEmpty == false }
        let arrived = Set(central.flatMap(\.series).filter(\.isFresh).map(\.selector))
        return central.flatMap { query in
            let missing = query.series.filter { !$0.isFresh && !arrived.contains($0.selector) }
            let present = query.series.filter(\.isFresh)
            let receivers = (receivers ?? []).map(\.reference)
            return missing.map { finding($0, query, Senders(of: $0, views), receivers, view) }
                + present.compactMap { series in
                    TargetCount(of: series, at: measured ?? [], now: now)
                        .map { $0.finding(query, receivers, view) }
                }
        }
    }
}

/// Prometheus' lookback: a series without a sample for so long is absent from instant queries.
private let staleAfter = 300.0

extension SeriesFreshness {
    fileprivate var isFresh: Bool { age.map { $0 <= staleAfter } ?? false }
}

private func finding(
    _ series: SeriesFreshness, _ query: QueryState, _ senders: Senders,
    _ receivers: [ObjectReference], _ view: ClusterView
) -> Finding {
    let what =
        series.age.map { "its newest sample is \(whole($0)) seconds old" } ?? "it has no sample"
    let stores = Dictionary(grouping: query.stores, by: \.type).map { type, stores in
        "\(stores.count) of type \(type)"
    }.sorted().joined(separator: ", ")
    var finding = Finding(
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
        about: query.component.map { [$0] } ?? [])
    finding.elsewhere = senders.byView
    finding.through = receivers
    return finding
}

/// The agents that should deliver a series, by the name of their view.
private struct Senders {
    let byView: [String: [ObjectReference]]

    init(of series: SeriesFreshness, _ views: [ClusterView]) {
        byView = Dictionary(
            views.map { view in
                let agents = view.pipeline.agents.filter { $0.expectedSeries == series.selector }
                return (view.name, agents.map(\.reference))
            }, uniquingKeysWith: +)
    }
}
