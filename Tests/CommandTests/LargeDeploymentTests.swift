import LoopbackServer
import Testing

/// The deployment that the figures of `doctor` are taken on.
@Suite("A large healthy deployment", .timeLimit(.minutes(10)))
struct LargeDeploymentTests {
    @Test("three clusters, 60 receivers and 500 pods of agents: nothing above info")
    func healthy() async throws {
        let folder = try TemporaryFolder()
        let written = try await Program(
            path: TestTool.python.path(),
            arguments: ["-B", "\(Project.root)/Benchmarks/deployment.py", folder.path]
        ).run()
        try #require(written.exitCode == 0, "\(written.errors)")
        let run = try await ThanosctlProcess("lab", "check", "large", "--incidents", folder.path)
        #expect(run.output.contains("1 passed, 0 failed"), "\(run.output)")
        #expect(run.exitCode == 0)
    }
}
