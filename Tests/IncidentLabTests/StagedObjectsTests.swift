import KubernetesModel
import MarkedYAML
import PipelineModel
import Testing

@testable import IncidentLab

@Suite("The objects of an incident")
struct StagedObjectsTests {
    private static func pod(_ name: String, phase: String) -> String {
        """
        - apiVersion: v1
          kind: Pod
          metadata: {name: \(name), namespace: n}
          status: {phase: \(phase)}

        """
    }

    private static func phases(_ files: [String: String]) throws -> [String: String] {
        let staged = try StagedObjects(IncidentFiles(texts: files), of: "mine")
        let pods = staged.objects.of(kind: "Pod").map {
            ($0.name, $0.status?["phase"]?.string ?? "")
        }
        return Dictionary(uniqueKeysWithValues: pods)
    }

    private static let base = [
        "cluster/pods.yaml": "kind: List\nitems:\n" + pod("a", phase: "Running")
            + pod("b", phase: "Running") + pod("c", phase: "Running")
    ]

    @Test("what changed stands in the place of what the base says, and what was removed is gone")
    func changes() throws {
        let changed = "kind: List\nitems:\n" + Self.pod("a", phase: "Failed")
        let files = Self.base.merging([
            "cluster/changed.yaml": changed + Self.pod("d", phase: "Pending"),
            "cluster/removed.txt": "Pod n/b\nPod other/c\n",
        ]) { $1 }
        #expect(try Self.phases(files) == ["a": "Failed", "c": "Running", "d": "Pending"])
    }

    @Test("without changes the base is what there is")
    func unchanged() throws {
        #expect(try Self.phases(Self.base).count == 3)
    }

    @Test("a file that cannot be read is named with its line")
    func malformed() {
        let error = #expect(throws: LabError.self) {
            try StagedObjects(IncidentFiles(texts: ["cluster/changed.yaml": "a: [\n"]), of: "mine")
        }
        #expect(error?.description.hasPrefix("mine/cluster/changed.yaml:2:") == true)
    }
}
