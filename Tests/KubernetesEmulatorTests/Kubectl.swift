import Foundation
import Testing

/// The real kubectl, pinned by `scripts/setup-test-tools`.
struct Kubectl: Sendable {
    /// What one run printed.
    struct Outcome: Sendable {
        let status: Int32
        let output: String
        let errors: String
    }

    private let binary: URL
    private let folder: URL

    /// - Parameter kubeconfig: the text of the configuration to run with.
    init(kubeconfig: String) throws {
        let environment = ProcessInfo.processInfo.environment
        let path =
            environment["THANOSCTL_KUBECTL"] ?? "\(packageRoot)/.build-tools/venv/bin/kubectl"
        try #require(
            FileManager.default.isExecutableFile(atPath: path),
            "no kubectl at \(path); run scripts/setup-test-tools, or set THANOSCTL_KUBECTL")
        binary = URL(filePath: path)
        folder = FileManager.default.temporaryDirectory
            .appending(path: "kubectl-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(kubeconfig.utf8).write(to: folder.appending(path: "config"))
    }

    func removeFiles() {
        // A leftover in the temporary directory does not matter to the test.
        try? FileManager.default.removeItem(at: folder)
    }

    func run(_ arguments: [String]) async throws -> Outcome {
        let name = UUID().uuidString
        let output = folder.appending(path: "\(name).out")
        let errors = folder.appending(path: "\(name).err")
        for file in [output, errors] { try Data().write(to: file) }
        let process = Process()
        process.executableURL = binary
        process.arguments = arguments
        process.environment = [
            "HOME": folder.path(), "KUBECONFIG": folder.appending(path: "config").path(),
            "TZ": "UTC",
        ]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: errors)
        let (ended, ending) = AsyncStream<Int32>.makeStream()
        process.terminationHandler = { ending.yield($0.terminationStatus) }
        try process.run()
        let status = try #require(await ended.first { _ in true })
        return Outcome(
            status: status, output: try String(contentsOf: output, encoding: .utf8),
            errors: try String(contentsOf: errors, encoding: .utf8))
    }
}
