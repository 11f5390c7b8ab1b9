import Diagnosis
import Evidence
import KubernetesModel

extension Check {
    static let e2eSeriesMissing = Check(
        "e2e-series-missing",
        severity: .critical,
        stage: .postRollout,
        summary: "Series of an edge cluster are not to be seen centrally",
        why: """
            This is what the users of the metrics notice: a series that an edge should deliver is \
            absent from Thanos Query, or its newest sample is old.
            """,
        fix: """
            Follow the series from its source: is the target up at the agent, does the agent's \
            queue move, do the receivers take the writes, is the receiver among Query's stores.
            """,
        needs: .seriesFreshness, .view,
        references: [
            "https://thanos.io/tip/components/query.md/"
        ],
        examples: [
            .triggers(
                "nothing, and something old",
                """
                -- query/series.txt --
                up{job="prometheus-agent", cluster="cluster-02"} none
                up{job="prometheus-agent", cluster="cluster-03"} 4000
                """),
            .passes(
                "a sample of half a minute ago",
                """
                -- query/series.txt --
                up{job="prometheus-agent", cluster="cluster-02"} 30
                """),
            .passes(
                "Query was not asked",
                """
                -- cluster/namespaces.yaml --
                apiVersion: v1
                kind: Namespace
                metadata: {name: monitoring}
                """),
        ]
    ) { series, view in
        series.filter { $0.age.map { $0 > staleAfter } ?? true }.map { finding($0, view) }
    }
}

/// Prometheus' lookback: a series without a sample for so long is absent from instant queries.
private let staleAfter = 300.0

private func finding(_ series: SeriesFreshness, _ view: ClusterView) -> Finding {
    let what =
        series.age.map { "its newest sample is \(Int($0)) seconds old" } ?? "it has no sample"
    return Finding(
        "series \(series.selector) is missing: \(what)",
        object: ObjectReference(kind: "Series", name: series.selector),
        evidence: [EvidenceItem("query", "\(series.selector): \(what)")],
        repair: Repair(text: "follow the series from its target through the agent's queue"))
}
