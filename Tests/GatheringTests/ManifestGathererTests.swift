import Evidence
import Gathering
import Glibc
import KubernetesModel
import LoopbackServer
import MarkedYAML
import PipelineModel
import Testing

@Suite("Gathering manifests")
struct ManifestGathererTests {
    private static let service = "apiVersion: v1\nkind: Service\nmetadata: {name: NAME}\n"

    private static func folder(_ files: [String]) throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        for file in files {
            try folder.write(file, service.replacing("NAME", with: file.filter(\.isLetter)))
        }
        return folder
    }

    @Test("a folder is searched to the bottom, in the order of its names")
    func search() async throws {
        let folder = try Self.folder([
            "b.yml", "a.yaml", "deep/er/c.json.yaml", "notes.txt", ".git/d.yaml", ".hidden.yaml",
        ])
        let gathered = await ManifestGatherer(paths: [folder.path]).gather()
        #expect(gathered.gaps.isEmpty)
        #expect(gathered.views.count == 1)
        let names = gathered.views.flatMap(\.objects.all).map(\.name)
        #expect(names == ["ayaml", "byml", "deepercjsonyaml"])
    }

    @Test("a file that is named is read whatever its ending, and links are no traps")
    func links() async throws {
        let folder = try Self.folder(["notes.txt", "sub/a.yaml"])
        symlink("..", "\(folder.path)/sub/loop")
        symlink("a.yaml", "\(folder.path)/sub/link.yaml")
        symlink("nowhere", "\(folder.path)/sub/dangling.yaml")
        let named = await ManifestGatherer(paths: ["\(folder.path)/notes.txt"]).gather()
        #expect(named.views.first?.objects.all.map(\.name) == ["notestxt"])
        let searched = await ManifestGatherer(paths: ["\(folder.path)/sub"]).gather()
        let names = searched.views.flatMap(\.objects.all).map(\.name)
        #expect(names == ["subayaml", "subayaml"])
    }

    @Test("a path that does not exist is told before anything is read")
    func absent() throws {
        let folder = try Self.folder(["a.yaml"])
        let paths = ["\(folder.path)/a.yaml", "\(folder.path)/none", "-"]
        #expect(ManifestGatherer(paths: paths).absentPaths == ["\(folder.path)/none"])
    }

    @Test("a file beyond the limit is a gap, and its neighbours are read")
    func limit() async throws {
        let folder = try Self.folder(["a.yaml", "z.yaml"])
        try folder.write("m.yaml", String(repeating: "#", count: 5000))
        var limits = ReadingLimits.standard
        limits.bytes = 4096
        let gathered = await ManifestGatherer(paths: [folder.path], limits: limits).gather()
        #expect(gathered.views.first?.objects.all.count == 2)
        #expect(gathered.gaps.count == 1)
        #expect(gathered.gaps.first?.reason.contains("m.yaml: larger than") == true)
    }

    @Test("files that name one object twice describe several clusters")
    func overlays() async throws {
        let folder = try TemporaryFolder()
        for overlay in ["central", "edge"] {
            try folder.write("\(overlay)/receiver.yaml", Self.service)
            try folder.write("\(overlay)/other.yaml", Self.service.replacing("NAME", with: overlay))
        }
        let together = await ManifestGatherer(paths: [folder.path]).gather()
        #expect(together.views.map(\.objects.all.count) == [2, 2])
        let apart = await ManifestGatherer(paths: ["\(folder.path)/edge"]).gather()
        #expect(apart.views.count == 1)
    }

    @Test("every broken document is a gap of its own, with its place")
    func brokenDocuments() async throws {
        let folder = try TemporaryFolder()
        try folder.write(
            "a.yaml", Self.service + "---\na: [1\n---\n" + Self.service + "---\nb: *c\n")
        let gathered = await ManifestGatherer(paths: ["\(folder.path)/a.yaml"]).gather()
        #expect(gathered.views.first?.objects.all.isEmpty == false)
        #expect(!gathered.gaps.isEmpty)
        #expect(gathered.gaps.allSatisfy { $0.source == "manifests" && !$0.locations.isEmpty })
    }

    @Test("a kustomization that cannot be rendered is a gap that says why")
    func kustomization() async throws {
        let folder = try TemporaryFolder()
        let gathered = await KustomizeGatherer(folder: folder.path).gather()
        #expect(gathered.views.isEmpty)
        #expect(gathered.gaps.count == 1)
        #expect(gathered.gaps.first?.reason.contains(folder.path) == true)
    }
}
