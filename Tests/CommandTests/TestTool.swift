import FoundationEssentials
import LoopbackServer
import Testing

/// A program that `scripts/setup-test-tools` puts under `.build-tools`.
enum TestTool: String {
    case kubectl = "venv/bin/kubectl"
    /// With PyYAML.
    case python = "venv/bin/python"
    case prometheus = "prometheus/usr/bin/prometheus"
    case promtool = "prometheus/usr/bin/promtool"

    /// Its path; a test fails without it, because what is not run is not shown.
    func path() throws -> String {
        let path = "\(Project.root)/.build-tools/\(rawValue)"
        try #require(
            FileManager.default.isExecutableFile(atPath: path),
            "no \(self) at \(path); run scripts/setup-test-tools")
        return path
    }
}

/// The real kubectl, on one cluster.
struct Kubectl: Sendable {
    private let path: String
    private let kubeconfig: String
    /// It keeps what it discovers in its user's home.
    private let home: TemporaryFolder

    /// - Parameter export: the line `export KUBECONFIG=PATH`, as `lab up` prints it.
    init(_ export: String) throws {
        path = try TestTool.kubectl.path()
        kubeconfig = String(export.trimmingPrefix("export KUBECONFIG="))
        home = try TemporaryFolder()
    }

    /// Runs a command line of the incident report, `kubectl` left out.
    ///
    /// - Parameter isTalkative: whether it says on stderr what it does.
    func callAsFunction(_ line: String, isTalkative: Bool = false) async throws -> String {
        let program = Program(
            path: path, arguments: line.split(separator: " ").map(String.init),
            environment: ["KUBECONFIG": kubeconfig, "HOME": home.path, "TZ": "UTC"])
        let ended = try await program.run()
        #expect(ended.exitCode == 0, "kubectl \(line): \(ended.errors)")
        #expect(isTalkative || ended.errors == "", "kubectl \(line)")
        return ended.output
    }

    /// The cells of a table, row by row; columns stand at least three blanks apart.
    func table(_ line: String) async throws -> [[String]] {
        let output = try await self(line)
        return output.split(separator: "\n").map { row in
            row.split(separator: /\ {2,}/).map { String($0).trimmed }
        }
    }
}

extension String {
    /// Without blanks and line ends around it.
    var trimmed: String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
