import Digests
import Hashrings
import MarkedYAML

/// Reads a hashring file as `loadConfig` in pkg/receive/config.go does.
struct HashringFileReading {
    /// Why a file is no configuration: the cause, then what was wrapped around it.
    struct Failure: Error {
        let texts: [String]

        /// Go's `%v`: the outermost wrap first.
        var summary: String { texts.reversed().joined(separator: ": ") }
    }

    /// A file beyond this is refused; a Kubernetes ConfigMap holds 1 MiB at most.
    private static let fileLimit = 16 << 20

    let configuration: HashringConfiguration
    /// The first 48 bits of the content's SHA-256, little-endian, so that a float holds them
    /// (`hashAsMetricValue`).
    let fingerprint: Double

    init(_ path: String, files: LocalFiles) throws(Failure) {
        let bytes: [UInt8]
        do throws(LocalFiles.Failure) {
            bytes = try files.read(SlashPath.cleaned(path), limit: Self.fileLimit)
        } catch {
            throw Failure(texts: [error.message, "failed to read configuration file"])
        }
        do throws(HashringError) {
            configuration = try HashringConfiguration(json: SourceText(name: path, bytes: bytes))
            try configuration.requireRings()
        } catch {
            throw Failure(texts: Self.texts(error, path: path))
        }
        let prefix = SHA256.digest(bytes).prefix(6)
        fingerprint = Double(prefix.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
    }

    private static func texts(_ error: HashringError, path: String) -> [String] {
        error.code == .empty
            ? [error.message, "failed to load configuration file, path: \(path)"]
            : [
                "configuration file is not parsable",
                "failed to parse configuration file: \(error.message)",
            ]
    }
}
