import Hashrings
import MarkedYAML
import ReceiveFlags

/// Reads the rings that the flags name (`setupHashring` in cmd/thanos/receive.go).
struct HashringSetup {
    /// The rings, and the bytes of their file when they come from one.
    struct Outcome {
        let ring: ServedRing
        let file: [UInt8]?
    }

    /// A hashring file beyond this is refused; a Kubernetes ConfigMap holds 1 MiB at most.
    private static let fileLimit = 16 << 20

    let flags: ParsedReceiveFlags
    let files: LocalFiles

    private var flagAlgorithm: HashringAlgorithm {
        HashringAlgorithm(rawValue: flags.hashringsAlgorithm) ?? .hashmod
    }

    func load() throws(StartFailure) -> Outcome {
        if let path = flags.hashringsFile { return try load(file: path) }
        guard let inline = flags.hashrings else { return Outcome(ring: .singleNode, file: nil) }
        let wrap = "failed to validate hashring configuration content"
        do throws(HashringError) {
            let configuration = try HashringConfiguration(
                json: SourceText(name: "--receive.hashrings", text: inline))
            // Thanos takes `null` for no configuration at all, but `[]` for no rings.
            let isNull = configuration.range.text == "null"
            return Outcome(ring: isNull ? .singleNode : served(configuration), file: nil)
        } catch {
            throw StartFailure(.preparing, error.message, wrap)
        }
    }

    private func load(file path: String) throws(StartFailure) -> Outcome {
        let wrap = "failed to validate hashring configuration file"
        let bytes: [UInt8]
        do throws(LocalFiles.Failure) {
            try files.requireReadable(path)
        } catch {
            throw StartFailure(
                .preparing, error.reason, "adding path \(path) to file watcher",
                "failed to initialize config watcher")
        }
        do throws(LocalFiles.Failure) {
            bytes = try files.read(SlashPath.cleaned(path), limit: Self.fileLimit)
        } catch {
            throw StartFailure(
                .preparing, error.message, "failed to read configuration file", wrap)
        }
        do throws(HashringError) {
            let configuration = try HashringConfiguration(
                json: SourceText(name: path, bytes: bytes))
            try configuration.requireRings()
            return Outcome(ring: served(configuration), file: bytes)
        } catch {
            throw StartFailure(.preparing, texts: Self.texts(error, path: path) + [wrap])
        }
    }

    private static func texts(_ error: HashringError, path: String) -> [String] {
        error.code == .empty
            ? [error.message, "failed to load configuration file, path: \(path)"]
            : [
                "configuration file is not parsable",
                "failed to parse configuration file: \(error.message)",
            ]
    }

    private func served(_ configuration: HashringConfiguration) -> ServedRing {
        .configured(configuration, flagAlgorithm: flagAlgorithm)
    }
}
