import CheckCatalogue
import Diagnosis
import Evidence
import ExternalChecks
import LoopbackServer
import Testing

@Suite("Log signatures from outside", .timeLimit(.minutes(1)))
struct SignatureTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func conclusion(
        _ matcher: String, image: String = "thanos:v0.41.0", log: String
    ) async throws -> Conclusion {
        try folder.write("site.signatures.yaml", Self.file(matcher))
        let external = try ExternalChecks(folders: [folder.path], searchPath: "")
        let causes = try external.causes(
            joining: Catalogue.causes, known: Set(Catalogue.known.map(\.id)))
        let bundle = Self.cluster.replacing("IMAGE", with: image) + log
        return Conclusion(
            judging: ExampleBundle(bundle).snapshot, with: external.checks, causes: causes)
    }

    private static func file(_ matcher: String) -> String {
        """
        signatures:
          - id: disk-says-no
            severity: warning
            summary: the disk says no
            why: It is broken.
            fix: Mend it.
            in: [receivers]
            \(matcher)
        """
    }

    private static let cluster = """
        -- cluster/receiver.yaml --
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: thanos-receive, namespace: monitoring, uid: s1}
        spec:
          selector: {matchLabels: {app: receive}}
          template:
            metadata: {labels: {app: receive}}
            spec:
              containers:
                - name: receive
                  image: IMAGE
                  args: [receive]
        ---
        apiVersion: v1
        kind: Pod
        metadata:
          name: thanos-receive-0
          namespace: monitoring
          labels: {app: receive}
          ownerReferences:
            - {apiVersion: apps/v1, kind: StatefulSet, name: thanos-receive, uid: s1, controller: true}
        spec:
          containers: [{name: receive, image: IMAGE, args: [receive]}]
        -- logs/monitoring/thanos-receive-0/receive.log --

        """

    @Test(
        "finds a text once for each log, with the last line and the command that shows it",
        arguments: ["pattern: 'disk: no'", "regex: 'disk: (no|never)$'"])
    func finds(matcher: String) async throws {
        let run = try await conclusion(matcher, log: "a disk: no\nfine\nb disk: no\n")
        let finding = try #require(run.findings.first)
        #expect(run.findings.count == 1)
        #expect(
            finding.message
                == "the disk says no: 2 lines of receive in Pod monitoring/thanos-receive-0")
        #expect(finding.severity == .warning)
        #expect(finding.evidence.map(\.what) == ["b disk: no"])
        #expect(finding.evidence.first?.command?.contains("logs thanos-receive-0") == true)
    }

    @Test("passes where no line matches")
    func passes() async throws {
        let run = try await conclusion("pattern: 'disk: no'", log: "fine\n")
        #expect(run.checks.map(\.status) == [.passed])
    }

    @Test(
        "holds for the releases that it names, and is a hint where the release is unknown",
        arguments: [
            ("thanos:v0.41.0", Severity.warning), ("thanos:v0.31.0", nil),
            ("thanos@sha256:0000", Severity.info),
        ])
    func versions(image: String, severity: Severity?) async throws {
        let run = try await conclusion(
            "pattern: 'disk: no'\n    versions: '>=0.32 <0.42'",
            image: image, log: "disk: no\n")
        #expect(run.findings.map(\.severity) == (severity.map { [$0] } ?? []))
    }

    @Test(
        "a signature that is wrong is a mistake with its place",
        arguments: [
            ("pattern: x\n    regex: y", "either a 'pattern'"), ("why2: x", "unknown field 'why2'"),
            ("regex: 'a('", ":8:12: error parsing regexp"),
            ("pattern: x\n    versions: v1", ":9:15: versions are written"),
        ])
    func mistakes(matcher: String, message: String) throws {
        try folder.write("site.signatures.yaml", Self.file(matcher))
        let error = #expect(throws: PluginError.self) {
            try ExternalChecks(folders: [folder.path], searchPath: "")
        }
        #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
    }

    @Test("the examples that we ship hold")
    func examples() async throws {
        let root = #filePath.split(separator: "/").dropLast(3).map { "/\($0)" }.joined()
        let external = try ExternalChecks(folders: ["\(root)/examples"], searchPath: "")
        let trials = await external.trials { snapshot in
            var snapshot = snapshot
            snapshot.answers = await external.answers(
                about: snapshot, variables: ["PATH": "/usr/bin:/bin"], mask: { $0 })
            return snapshot
        }
        #expect(trials.count == 6)
        #expect(trials.compactMap(\.failure) == [])
    }
}
