import LoopbackServer
import Testing

/// Debian's promtool, on the folder of a receiver that does not run.
enum Promtool {
    /// Every float sample of the folder, blocks and WAL.
    static func dump(_ folder: String) async throws -> StoredSamples {
        // Through a file: a dump may be larger than what is kept of a program's output.
        let place = try TemporaryFolder()
        let script = #"exec "$0" tsdb dump "$1" >"$2""#
        let file = "\(place.path)/dump"
        _ = try await run("/bin/sh", ["-c", script, TestTool.promtool.path(), folder, file])
        return try StoredSamples(dump: place.read("dump"))
    }

    /// What `promtool tsdb COMMAND FOLDER` prints; it must succeed.
    static func tsdb(_ command: String, _ folder: String) async throws -> String {
        try await run(TestTool.promtool.path(), ["tsdb", command, folder])
    }

    private static func run(_ path: String, _ arguments: [String]) async throws -> String {
        let ended = try await Program(path: path, arguments: arguments).run()
        try #require(ended.exitCode == 0, "\(arguments): \(ended.errors)")
        return ended.output
    }
}
