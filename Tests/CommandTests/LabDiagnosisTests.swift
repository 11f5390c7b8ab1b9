import FoundationEssentials
import LoopbackServer
import Testing

/// Doctor on every incident of the lab, as its user would run it.
@Suite("Doctor on the lab", .timeLimit(.minutes(15)))
struct LabDiagnosisTests {
    /// One phase of one incident.
    struct Scene: Sendable, CustomTestStringConvertible {
        let incident: String
        let isRepaired: Bool

        var testDescription: String { isRepaired ? "\(incident), repaired" : incident }
        var arguments: [String] { ["lab", "up", incident] + (isRepaired ? ["--repaired"] : []) }
    }

    private static let folder = Project.fixture("incidents")

    private static let incidents: [String] = {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.sorted().filter {
            FileManager.default.fileExists(atPath: "\(folder)/\($0)/incident.yaml")
        }
    }()

    static let scenes = incidents.flatMap { name -> [Scene] in
        let hasTwin = FileManager.default.fileExists(atPath: "\(folder)/\(name)/repaired")
        let scene = Scene(incident: name, isRepaired: false)
        return hasTwin ? [scene, Scene(incident: name, isRepaired: true)] : [scene]
    }

    @Test("the JSON report is valid, and text and JSON agree", .serialized, arguments: scenes)
    func reports(_ scene: Scene) async throws {
        let program = ThanosctlProcess.program(scene.arguments)
        _ = try await program.run(until: "export KUBECONFIG=") { line in
            let path = String(line.trimmingPrefix("export KUBECONFIG="))
            let folder = try TemporaryFolder()
            let run = try await ThanosctlProcess(
                "doctor", "--kubeconfig", path, "--probe-only", "127.0.0.0/8",
                "--interval", "200ms", "-o", "text",
                "-o", "json=\(folder.path)/report.json")
            #expect([0, 1].contains(run.exitCode), "\(run.output)\(run.errors)")
            #expect(run.errors == "")
            let report = try Report(
                String(decoding: folder.read("report.json"), as: UTF8.self), exitCode: run.exitCode)
            for finding in report.findings {
                #expect(run.output.contains(finding.check), "\(finding.check) is not in the text")
            }
            #expect(TextPage(run.output).overlongProse == [])
        }
    }

    @Test("the library lists every folder of fixtures/incidents")
    func list() async throws {
        let run = try await ThanosctlProcess("lab", "list")
        #expect(run.exitCode == 0)
        for name in Self.incidents {
            #expect(run.output.contains("\n\(name) "), "\(name) is not listed")
        }
        #expect(run.output.split(separator: "\n").count == Self.incidents.count + 1)
    }

    @Test("`lab run` prints one valid document and says whether it is right")
    func run() async throws {
        let run = try await ThanosctlProcess("lab", "run", "tsdb-permission-denied", "-o", "json")
        #expect(run.exitCode == 0, "\(run.errors)")
        let report = try Report(run.output, exitCode: 1)
        #expect(report.roots.first == "missing-fsgroup")
        #expect(run.errors.contains("RIGHT  the root cause is missing-fsgroup"))
        #expect(run.errors.contains("RIGHT  after the repair the cause is gone"))
    }

    @Test("`lab check --all` finds the truth everywhere")
    func check() async throws {
        let run = try await ThanosctlProcess("lab", "check", "--all")
        #expect(run.exitCode == 0, "\(run.output)\(run.errors)")
        let lines = run.output.split(separator: "\n")
        #expect(lines.last == "\(Self.scenes.count) passed, 0 failed")
    }
}
