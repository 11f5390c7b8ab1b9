import KubernetesModel
import MarkedYAML
import PipelineModel
import Testing

@Suite("Pods of a workload")
struct PodOwnersTests {
    private func objects(_ text: String) -> Objects {
        let documents = MarkedReader.stream(SourceText(name: "test.yaml", text: text)).documents
        return Objects(documents.flatMap { KubernetesObject.objects(in: $0) })
    }

    private func workload(_ kind: String, _ name: String) -> String {
        """
        {apiVersion: apps/v1, kind: \(kind), metadata: {name: \(name), namespace: n}, \
        spec: {template: {spec: {containers: []}}}}
        """
    }

    private func pod(_ name: String, of kind: String, _ owner: String, in namespace: String = "n")
        -> String
    {
        """
        {apiVersion: v1, kind: Pod, metadata: {name: \(name), namespace: \(namespace), \
        ownerReferences: [{kind: \(kind), name: \(owner), controller: true}]}}
        """
    }

    private func replicaSet(_ name: String, of owner: String) -> String {
        """
        {apiVersion: apps/v1, kind: ReplicaSet, metadata: {name: \(name), namespace: n, \
        ownerReferences: [{kind: Deployment, name: \(owner), controller: true}]}}
        """
    }

    private func pods(of kind: String, among documents: [String]) throws -> [String] {
        let objects = objects(documents.joined(separator: "\n---\n"))
        let workload = try #require(
            objects.workloads.first { $0.object.kind == kind && $0.object.name == "thanos" })
        return objects.pods(of: workload).map(\.name)
    }

    @Test("are those that it controls itself, by name")
    func controlled() throws {
        let names = try pods(
            of: "StatefulSet",
            among: [
                workload("StatefulSet", "thanos"),
                pod("thanos-1", of: "StatefulSet", "thanos"),
                pod("thanos-0", of: "StatefulSet", "thanos"),
                pod("other-0", of: "StatefulSet", "other"),
                pod("thanos-2", of: "StatefulSet", "thanos", in: "elsewhere"),
            ])
        #expect(names == ["thanos-0", "thanos-1"])
    }

    @Test("of a Deployment are those of its ReplicaSets, whose names tell when they are not known")
    func throughReplicaSets() throws {
        let names = try pods(
            of: "Deployment",
            among: [
                workload("Deployment", "thanos"),
                replicaSet("adopted", of: "thanos"), replicaSet("thanos-8", of: "other"),
                pod("a", of: "ReplicaSet", "thanos-6d4b75cb6d"),
                pod("b", of: "ReplicaSet", "adopted"),
                pod("c", of: "ReplicaSet", "thanos-8"),
                // The Deployment thanos-query begins with the same name.
                pod("d", of: "ReplicaSet", "thanos-query-5f7d9c"),
            ])
        #expect(names == ["a", "b"])
    }

    @Test("of nobody's Pod are itself")
    func bare() throws {
        let bare = """
            {apiVersion: v1, kind: Pod, metadata: {name: thanos, namespace: n}, \
            spec: {containers: []}}
            """
        #expect(try pods(of: "Pod", among: [bare]) == ["thanos"])
    }
}
