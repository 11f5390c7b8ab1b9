import Evidence
import KubernetesModel
import LoopbackServer
import MarkedYAML
import PipelineModel
import Testing

@testable import Gathering

@Suite("The repository that given manifests lie in")
struct CheckoutGathererTests {
    private static func view(_ paths: String...) -> ClusterView {
        let text = paths.map { path in
            """
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: {name: a, namespace: argocd}
            spec: {source: {repoURL: "https://git.example.com/o.git", path: "\(path)"}}
            """
        }.joined(separator: "\n---\n")
        let documents = YAMLReader.stream(SourceText(name: "a", text: text)).documents
        let objects = Objects(documents.compactMap { KubernetesObject($0) })
        return ClusterView(
            name: "manifests", source: .manifests(isComplete: false), objects: objects,
            pipeline: Pipeline(objects))
    }

    @Test("is found from a folder in it, with its remotes and the folders that are asked for")
    func found() throws {
        let folder = try TemporaryFolder()
        try folder.write("clusters/central/a.yaml", "a: 1\n")
        try folder.write("file", "")
        try folder.write(
            ".git/config",
            """
            [core]
            \turl = https://other.example.com/x
            [remote "origin"]
            \turl = https://jane:secret@Git.example.com:8443/o.git/
            [remote "mirror"]
            \turl = git@mirror.example.com:team/o.git
            """)
        let checkouts = CheckoutGatherer(
            paths: ["\(folder.path)/clusters/central", "\(folder.path)/clusters/central/a.yaml"]
        ).gather(
            for: [
                Self.view("clusters/central/", "./clusters", "clusters/west", "file", "../x", ".")
            ])
        let checkout = try #require(checkouts.first)
        #expect(checkouts.count == 1)
        #expect(checkout.root.hasSuffix(folder.path))
        #expect(checkout.remotes == ["git.example.com/o", "mirror.example.com/team/o"])
        #expect(checkout.folders == ["clusters/central", "clusters", ""])
    }

    @Test("is not made up where there is none, and standard input is in none")
    func none() throws {
        let folder = try TemporaryFolder()
        try folder.write("a.yaml", "a: 1\n")
        let around = CheckoutGatherer(paths: ["/", "-", "\(folder.path)/a.yaml"])
        #expect(around.gather(for: [Self.view("x")]) == [])
    }

    @Test(
        "has one name, however its address is written",
        arguments: [
            "https://git.example.com/team/o.git", "https://git.example.com/team/o",
            "ssh://git@git.example.com:22/team/o.git", "git@git.example.com:team/o.git",
            "https://jane:secret@Git.Example.com:443/team/o/",
        ])
    func oneName(address: String) {
        #expect(ArgoApplication.Source.repository(address) == "git.example.com/team/o")
    }
}
