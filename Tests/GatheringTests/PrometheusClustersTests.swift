import Evidence
import KubernetesModel
import Testing

@testable import Gathering

/// The same pod name in two clusters, and one Prometheus or Thanos Query that knows both.
@Suite("A Prometheus that knows several clusters")
struct PrometheusClustersTests {
    private static func target(_ more: String = "") -> String {
        #"namespace="m",pod="r-0",job="r""# + more
    }

    private static func site(_ targets: [String: Int]) -> PrometheusSite {
        PrometheusSite([
            .targets: .series(targets.keys.sorted().map { #"__name__="up","# + $0 + " 1" }),
            .now: .series(
                targets.sorted { $0.key < $1.key }.map {
                    #"__name__="b","# + $0.key + " \($0.value)"
                }),
        ])
    }

    private static func values(_ gathered: Gathered) -> [Double?] {
        gathered.views.map { $0.metrics?.items.first?.sum("b") }
    }

    @Test("are told apart by the labels that their agents add")
    func labels() async {
        let site = Self.site([
            Self.target(#",cluster="one""#): 1, Self.target(#",cluster="two""#): 2,
        ])
        let gathered = await site.filled(
            PrometheusSite.cluster("edge-01", refused: ["r-0"], agentLabels: "cluster: one"),
            PrometheusSite.cluster("edge-02", refused: ["r-0"], agentLabels: "cluster: two"))
        #expect(Self.values(gathered) == [1, 2])
        #expect(gathered.gaps.isEmpty)
    }

    @Test("are told apart by the addresses of their pods")
    func addresses() async {
        let site = Self.site([
            Self.target(#",instance="10.0.0.1:10902""#): 1,
            Self.target(#",instance="10.1.0.1:10902""#): 2,
        ])
        let gathered = await site.filled(
            PrometheusSite.cluster("a", refused: ["r-0"], addresses: ["r-0": "10.0.0.1"]),
            PrometheusSite.cluster("b", refused: ["r-0"], addresses: ["r-0": "10.1.0.1"]))
        #expect(Self.values(gathered) == [1, 2])
    }

    @Test("are both left alone where nothing tells them apart")
    func neither() async {
        let gathered = await Self.site([Self.target(): 1]).filled(
            PrometheusSite.cluster("a", refused: ["r-0"]),
            PrometheusSite.cluster("b", refused: ["r-0"]))
        #expect(Self.values(gathered) == [nil, nil])
        #expect(
            gathered.gaps.map(\.reason).prefix(2) == [
                "http://127.0.0.1:9090: Pod m/r-0 of a may be that of a or b: its series name no "
                    + "cluster",
                "http://127.0.0.1:9090: Pod m/r-0 of b may be that of a or b: its series name no "
                    + "cluster",
            ])
    }
}
