import CheckCatalogue
import Diagnosis
import Evidence
import KubernetesModel
import PipelineModel
import Testing

/// One edge of the graph of causes.
struct CauseEdge: Sendable, CustomTestStringConvertible {
    let cause: String
    let effect: String

    var testDescription: String { "\(cause) -> \(effect)" }

    static let all = Catalogue.causes.ids.sorted().flatMap { cause in
        Catalogue.causes.effects(of: cause).sorted().map { CauseEdge(cause: cause, effect: $0) }
    }
}

@Suite("Every edge of the graph of causes")
struct CauseEdgeTests {
    /// A check that fires on workloads which carry its id as a label.
    private static func check(_ id: String) -> Check {
        Check(id, severity: .error, summary: id, why: "why", fix: "fix", needs: .view, examples: [])
        { view in
            view.objects.of(kind: "StatefulSet").filter { $0.labels[id] == "yes" }.map {
                Finding("\(id) here", object: $0.reference, at: $0.range)
            }
        }
    }

    private static func roots(of edge: CauseEdge, on workloads: [[String]]) -> [String] {
        let manifests = workloads.enumerated().map { index, ids in
            let labels = ids.map { "\($0): 'yes'" }.joined(separator: ", ")
            return "kind: StatefulSet\napiVersion: apps/v1\n"
                + "metadata: {name: w\(index), namespace: n, labels: {\(labels)}}"
        }.joined(separator: "\n---\n")
        let conclusion = Conclusion(
            judging: ExampleBundle("-- a.yaml --\n" + manifests).snapshot,
            with: [check(edge.cause), check(edge.effect)], causes: Catalogue.causes)
        return conclusion.rootCauses.map(\.check).sorted()
    }

    @Test("folds the effect under its cause, and lets it stand alone", arguments: CauseEdge.all)
    func folding(edge: CauseEdge) {
        #expect(Self.roots(of: edge, on: [[edge.cause, edge.effect]]) == [edge.cause])
        #expect(Self.roots(of: edge, on: [[edge.effect]]) == [edge.effect])
        #expect(
            Self.roots(of: edge, on: [[edge.cause], [edge.effect]])
                == [edge.cause, edge.effect].sorted())
    }

    @Test("are many")
    func count() {
        #expect(CauseEdge.all.count > 100)
    }
}
