import FoundationEssentials
import KubernetesModel
import PipelineModel
import Testing

@testable import IncidentLab

@Suite("Several clusters")
struct SeveralClustersTests {
    private static let files = IncidentFiles(texts: [
        "incident.yaml": "title: t\nnow: 2026-11-20T12:00:00Z\n", "stage.yaml": "names: {}\n",
        "cluster/a.yaml": namespace("central"),
        "clusters/edge-03/cluster/a.yaml": namespace("three"),
        "clusters/edge-02/cluster/a.yaml": namespace("two"),
        "clusters/edge-02/logs/two/pod/main.log": "a line\n",
    ])

    private static func namespace(_ name: String) -> String {
        "apiVersion: v1\nkind: Namespace\nmetadata: {name: \(name)}\n"
    }

    private static func world(_ files: IncidentFiles) throws -> StagedWorld {
        let incident = try Incident(name: "several", files: files)
        return try StagedWorld(files, of: incident, prefix: "127.1.2.", start: Date())
    }

    @Test("each folder is a cluster with its own objects and logs, in the order of names")
    func clusters() throws {
        let world = try Self.world(Self.files)
        #expect(world.clusters.map(\.name) == ["lab", "edge-02", "edge-03"])
        #expect(
            world.clusters.map { $0.objects.all.map(\.reference.name) }
                == [["central"], ["two"], ["three"]])
        #expect(world.clusters.map(\.logs.count) == [0, 1, 0])
    }

    @Test("the name of the first cluster is taken")
    func taken() throws {
        var texts = Self.files.texts
        texts["clusters/lab/cluster/a.yaml"] = Self.namespace("other")
        #expect(throws: LabError.self) { try Self.world(IncidentFiles(texts: texts)) }
    }
}
