import ArgumentParser
import FoundationEssentials
import MarkedYAML

/// Where settings come from that are not typed each time.
struct ConfigOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Settings to use; thanosctl.yaml of the working directory is found by itself.",
            valueName: "file"))
    var config: String?

    private static let usualName = "thanosctl.yaml"
    private static let mostBytes = 1 << 20

    /// The file's path; nil when none is named and none is there.
    var path: String? {
        config ?? (FileManager.default.fileExists(atPath: Self.usualName) ? Self.usualName : nil)
    }

    /// What the file says; nothing when there is none.
    func settings() throws -> Settings {
        guard let path else { return Settings() }
        let reader = try reading(path)
        guard reader.problems.isEmpty else {
            throw UsageError(reader.problems.map(\.description).joined(separator: "\n"))
        }
        return reader.settings
    }

    /// The file with all its mistakes.
    func reading(_ path: String) throws -> SettingsReader {
        SettingsReader(SourceText(name: path, bytes: try Self.bytes(of: path)))
    }

    /// At most one byte more than is read, so that an endless file costs nothing.
    private static func bytes(of path: String) throws -> [UInt8] {
        var isFolder = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder,
            let handle = BoundedFile(path)
        else { throw UsageError("\(path): cannot be read; name a file of settings") }
        return handle.prefix(mostBytes + 1)
    }
}
