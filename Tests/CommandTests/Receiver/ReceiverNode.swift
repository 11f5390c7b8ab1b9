import FoundationEssentials
import Glibc
import Subprocess
import Testing

/// One receiver: its real ports on an address of the test's own, its data in a folder.
struct ReceiverNode: Sendable {
    let address: String
    let folder: String
    var flags: [String] = []

    var api: PrometheusAPI {
        PrometheusAPI(url: "http://\(address):10902", external: ["replica", "tenant_id"])
    }

    var writePort: UInt16 { 19291 }
    /// Where the samples are that name no tenant.
    var tenantFolder: String { "\(folder)/default-tenant" }

    private var program: Program {
        ThanosctlProcess.program(
            [
                "receiver", "--label=replica=\"\(address)\"", "--tsdb.path=\(folder)",
                "--remote-write.address=\(address):\(writePort)",
                "--http-address=\(address):10902", "--grpc-address=\(address):10901",
            ] + flags)
    }

    /// Runs it for as long as the closure takes, and demands that it ends in order.
    func running<Value: Sendable>(
        _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let session = try await program.run(until: "status=ready") { _ in try await body() }
        #expect(session.exitCode == 0, "\(session.errors)")
        return session.value
    }

    /// Starts it, and kills it after a line with these words and the closure.
    func killed<Value: Sendable>(
        after words: String = "status=ready",
        _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let session = try await program.run(until: words, ending: .kill) { _ in try await body() }
        // One that was told to stop before may have been quicker.
        #expect([0, 128 + 9].contains(session.exitCode), "\(session.errors)")
        return session.value
    }

    /// Tells it to stop; while it runs.
    func terminate() throws { kill(try process(), SIGTERM) }

    /// The most memory that it had resident so far, in MiB; while it runs.
    func peakMemory() throws -> Int {
        let status = try #require(Self.read("/proc/\(try process())/status"))
        let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") })
        return try #require(Int(line.filter(\.isNumber))) / 1024
    }

    /// Nobody else has its folder on the command line.
    private func process() throws -> pid_t {
        let processes = try FileManager.default.contentsOfDirectory(atPath: "/proc")
        let own = processes.compactMap { pid_t($0) }.first { process in
            guard let command = Self.read("/proc/\(process)/cmdline") else { return false }
            return command.contains("receiver\0") && command.contains("=\(folder)\0")
        }
        return try #require(own, "no receiver runs on \(folder)")
    }

    private static func read(_ path: String) -> String? {
        FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
    }
}
