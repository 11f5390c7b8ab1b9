import FoundationEssentials
import LoopbackServer
import TestSupport
import Testing

/// `lint` on the manifests of the incident report, of a sound deployment, and of other teams.
@Suite("Lint on whole deployments", .serialized, .timeLimit(.minutes(1)))
struct LintReportTests {
    private static let receiver =
        "manifests/report/deploy/overlays/cluster-01-central/thanos-receiver/thanos-receiver.yaml"
    /// What the deployment deserves with and without its fix.
    private static let deservedAnyway: Set = ["internal-ports-on-lb", "retention-vs-upload"]

    private static func lint(_ arguments: String..., in folder: String) async throws -> Report {
        let run = try await ThanosctlProcess(
            ["lint", "-o", "json"] + arguments, folder: folder)
        #expect(run.errors == "")
        return try Report(run)
    }

    @Test("the missing fsGroup is shown at its line and column")
    func place() async throws {
        let report = try await Self.lint("manifests/report", in: Project.fixture(""))
        #expect(report.exitCode == 1)
        #expect(report.roots.first == "missing-fsgroup")
        let finding = try #require(report.finding("missing-fsgroup"))
        #expect(finding.severity == "error")
        #expect(finding.places == ["\(Self.receiver):89:5", "\(Self.receiver):153:26"])
        let text = try String(contentsOfFile: Project.fixture(Self.receiver), encoding: .utf8)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines[88] == "    spec:")
        #expect(lines[152] == "              mountPath: /var/thanos/receive")
        let others = report.findings.filter { $0.severity == "warning" }.map(\.check)
        #expect(Set(others).subtracting(["tsdb-permission-denied"]) == Self.deservedAnyway)
    }

    @Test("its diff, applied with patch, takes the finding away and adds none")
    func repair() async throws {
        let folder = try TemporaryFolder()
        try FileManager.default.copyItem(
            atPath: Project.fixture("manifests"), toPath: "\(folder.path)/manifests")
        let before = try await Self.lint("manifests/report", in: folder.path)
        let diff = try #require(before.finding("missing-fsgroup")?.fix)
        let patch = try await Program(
            path: "/usr/bin/patch", arguments: ["-p1"], folder: folder.path
        ).run(input: diff)
        #expect(patch.exitCode == 0, "\(patch.output)\(patch.errors)")
        #expect(patch.output == "patching file \(Self.receiver)\n")

        let after = try await Self.lint("manifests/report", in: folder.path)
        #expect(after.exitCode == 0)
        #expect(!after.foundChecks.contains("missing-fsgroup"))
        let known = Set(before.findings.map { "\($0.check): \($0.message)" })
        #expect(Set(after.findings.map { "\($0.check): \($0.message)" }).subtracting(known) == [])
        let warned = after.findings.filter { $0.severity != "info" }
        #expect(Set(warned.map(\.check)) == Self.deservedAnyway)
    }

    @Test("every diff of the report applies, one after the other")
    func allRepairs() async throws {
        let folder = try TemporaryFolder()
        try FileManager.default.copyItem(
            atPath: Project.fixture("manifests"), toPath: "\(folder.path)/manifests")
        let report = try await Self.lint("manifests/report", in: folder.path)
        let diffs = report.findings.compactMap(\.fix).filter { $0.hasPrefix("--- a/") }
        #expect(diffs.count >= 2)
        for diff in diffs {
            let patch = try await Program(
                path: "/usr/bin/patch", arguments: ["-p1"], folder: folder.path
            ).run(input: diff)
            #expect(patch.exitCode == 0, "\(patch.output)\(patch.errors)")
        }
        let after = try await Self.lint("manifests/report", in: folder.path)
        #expect(after.foundChecks.isDisjoint(with: ["missing-fsgroup", "retention-vs-upload"]))
    }

    @Test("a rendered kustomization is judged like its files")
    func kustomization() async throws {
        let kubectl = try TestTool.kubectl.path()
        let folder = "manifests/report/deploy/overlays/cluster-01-central"
        let bin = kubectl.split(separator: "/").dropLast().map { "/\($0)" }.joined()
        let run = try await ThanosctlProcess(
            "lint", "-k", folder, "-o", "json",
            environment: ["PATH": "\(bin):/usr/bin:/bin"], folder: Project.fixture(""))
        let report = try Report(run)
        #expect(run.exitCode == 1, "\(run.errors)")
        #expect(report.roots.first == "missing-fsgroup")
        #expect(report.gaps == [])
        let place = try #require(report.finding("missing-fsgroup")?.places.first)
        #expect(place.hasPrefix("kubectl kustomize \(folder):"))
    }

    @Test("a sound deployment is told nothing above info")
    func healthy() async throws {
        let report = try await Self.lint("manifests/healthy", in: Project.fixture(""))
        #expect(report.findings.filter { $0.severity != "info" } == [])
        #expect(report.gaps == [])
        #expect(report.exitCode == 0)
    }

    @Test("manifests of other teams are not spoken of")
    func unrelated() async throws {
        let run = try await ThanosctlProcess(
            "lint", "manifests/unrelated", "-o", "json", folder: Project.fixture(""))
        let report = try Report(run)
        #expect(report.findings == [])
        #expect(report.gaps == [])
    }

    @Test("the text of the report")
    func text() async throws {
        let run = try await ThanosctlProcess(
            "lint", "manifests/report", folder: Project.fixture(""))
        #expect(run.exitCode == 1)
        #expect(run.errors == "")
        let timeless = run.output.replacing(/in [\d.]+ m?s:/, with: "in N ms:")
        try expectGolden(timeless, named: "lint-report.txt")
    }
}
