import ArgumentParser
import FoundationEssentials
import Hashrings
import MarkedYAML

/// How rings are to be built and for whom, in the words of `thanos receive`.
struct HashringOptions: ParsableArguments {
    @Option(help: "hashmod or ketama, for rings that name no algorithm of their own.")
    var algorithm = "hashmod"

    @Option(help: ArgumentHelp("Copies of every series.", valueName: "number"))
    var replicationFactor = 1

    @Option(help: "The tenant whose series are placed.")
    var tenant = "default-tenant"

    /// Refuses what was typed wrong before any work is done.
    func verify() throws {
        _ = try flagAlgorithm
        guard replicationFactor > 0 else {
            throw UsageError("--replication-factor is \(replicationFactor); it begins at 1")
        }
    }

    private var flagAlgorithm: HashringAlgorithm {
        get throws {
            guard let known = HashringAlgorithm(rawValue: algorithm) else {
                let hint = Suggestion.nearest(to: algorithm, among: ["hashmod", "ketama"])
                throw UsageError("unknown algorithm '\(algorithm)'\(hint)")
            }
            return known
        }
    }

    /// The built rings of a file that was read.
    func rings(_ source: SourceText) throws -> MultiHashring {
        let configuration = try HashringConfiguration(json: source)
        try configuration.requireRings()
        return try MultiHashring(
            configuration, flagAlgorithm: try flagAlgorithm, replicationFactor: replicationFactor)
    }

    /// The built rings of a file; what is wrong with it is a usage error.
    func rings(inFile path: String) throws -> MultiHashring {
        let source = try Self.source(path)
        do {
            return try rings(source)
        } catch let error as HashringError {
            throw UsageError(Self.text(error, path: path))
        }
    }

    static func source(_ path: String) throws -> SourceText {
        guard let content = FileManager.default.contents(atPath: path) else {
            throw UsageError("\(path): no such file, or no right to read it")
        }
        return SourceText(name: path, bytes: Array(content))
    }

    /// The error behind its place, where it has one.
    static func text(_ error: HashringError, path: String) -> String {
        guard let start = error.range?.start else { return "\(path): \(error.message)" }
        return "\(path):\(start.line):\(start.column): \(error.message)"
    }
}
