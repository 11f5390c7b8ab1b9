import FoundationEssentials
import LoopbackServer
import Testing

/// Checks from outside, through the real program.
@Suite("Plug-ins on the command line", .timeLimit(.minutes(2)))
struct PluginTests {
    private let examples = "\(Project.root)/examples"
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private let receiver = """
        apiVersion: apps/v1
        kind: StatefulSet
        metadata:
          name: thanos-receive
          namespace: monitoring
        spec:
          template:
            spec:
              containers:
                - name: receive
                  image: quay.io/thanos/thanos:v0.41.0
                  args: [receive]
        """

    private func lint(_ arguments: String...) async throws -> ThanosctlProcess {
        let file = try folder.write("receiver.yaml", receiver)
        return try await ThanosctlProcess(["lint", file, "--only", "plugin"] + arguments)
    }

    private func plugin(_ script: String) throws -> String {
        try folder.write("plugins/thanosctl-check-team", "#!/bin/sh\n\(script)\n", mode: 0o700)
        try folder.write(
            "plugins/team.check.yaml",
            """
            id: team-label
            severity: error
            summary: A receiver has no team
            why: Nobody is called at night.
            fix: Add the label.
            needs: [receivers]
            timeLimit: 1s
            """)
        return "\(folder.path)/plugins"
    }

    @Test("the examples that we ship hold, each on a line of its own")
    func examplesHold() async throws {
        let run = try await ThanosctlProcess("checks", "test", examples)
        #expect(run.exitCode == 0, "\(run.errors)")
        let lines = run.output.split(separator: "\n")
        #expect(lines.count == 6)
        #expect(lines.allSatisfy { $0.hasSuffix(": ok") }, "\(run.output)")
    }

    @Test("a finding of a plug-in is in the report with its line, and decides the exit code")
    func finding() async throws {
        let run = try await lint("--plugins", examples, "--fail-on", "warning", "-o", "json")
        #expect(run.exitCode == 1, "\(run.errors)")
        let report = try Report(run)
        let finding = try #require(report.finding("receiver-without-owner"))
        #expect(finding.severity == "warning")
        #expect(finding.places.first?.hasSuffix("receiver.yaml:4:9") == true)
    }

    @Test("a plug-in is found on PATH")
    func onPath() async throws {
        let path = try plugin("exit 1")
        let run = try await ThanosctlProcess(
            "checks", "list", "--only", "plugin", environment: ["PATH": "\(path):/usr/bin:/bin"])
        #expect(run.exitCode == 0, "\(run.errors)")
        #expect(run.output.contains("team-label"))
    }

    @Test("to list and to show plug-ins runs none")
    func listing() async throws {
        let path = try plugin("touch \"$(dirname \"$0\")/ran\"")
        for words in [["list"], ["show", "team-label"], ["rbac"]] {
            let run = try await ThanosctlProcess(["checks"] + words + ["--plugins", path])
            #expect(run.exitCode == 0, "\(run.errors)")
        }
        #expect(!FileManager.default.fileExists(atPath: "\(path)/ran"))
    }

    @Test(
        "a plug-in that fails leaves the run incomplete",
        arguments: ["sleep 100", "exit 137", "echo '{'", "yes"])
    func failure(script: String) async throws {
        let path = try plugin(script)
        let run = try await lint("--plugins", path, "-o", "json")
        #expect(run.exitCode == 3)
        #expect(try Report(run).checks("unknown").keys.contains("team-label"))
    }

    @Test("what fled from its group is ended with the run")
    func orphans() async throws {
        let path = try plugin(
            """
            cd "$(dirname "$0")"
            setsid sh -c 'echo $$ > fled; exec sleep 1000' > /dev/null 2>&1 < /dev/null &
            until [ -s fled ]; do :; done
            echo '{"schemaVersion": "1.0", "findings": []}'
            """)
        let run = try await lint("--plugins", path)
        #expect(run.exitCode == 0, "\(run.output)")
        let process = String(decoding: try folder.read("plugins/fled"), as: UTF8.self).trimmed
        #expect(!FileManager.default.fileExists(atPath: "/proc/\(process)"))
    }

    @Test("a folder that is wrong is a mistake that says what to do")
    func mistakes() async throws {
        let missing = try await lint("--plugins", "\(folder.path)/none")
        #expect(missing.exitCode == 2)
        #expect(missing.errors.contains("no such folder of plug-ins"))
        let path = try plugin("exit 0")
        try FileManager.default.removeItem(atPath: "\(path)/team.check.yaml")
        let alone = try await lint("--plugins", path)
        #expect(alone.exitCode == 2)
        #expect(alone.errors.contains("write team.check.yaml beside it"))
    }

    @Test("an example that does not hold is told, with exit code 1")
    func failedTrial() async throws {
        let path = try plugin(#"echo '{"schemaVersion": "1.0", "findings": []}'"#)
        let example = """

            examples:
              - name: no label
                expect: fires
                bundle: |
                  -- receiver.yaml --
            \(receiver.split(separator: "\n").map { "      \($0)" }.joined(separator: "\n"))
            """
        let description = String(
            decoding: try folder.read("plugins/team.check.yaml"), as: UTF8.self)
        try folder.write("plugins/team.check.yaml", description + example)
        let run = try await ThanosctlProcess("checks", "test", path)
        #expect(run.exitCode == 1, "\(run.errors)")
        #expect(
            run.output == """
                team-label: no label: FAILED: it found nothing
                team-label: examples: FAILED: there is none on which it stays silent

                """)
    }
}
