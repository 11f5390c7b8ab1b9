import Hashrings
import MarkedYAML
import ReceiveFlags

/// Where the rings come from that the flags name (`setupHashring` in cmd/thanos/receive.go).
struct HashringSetup: Sendable {
    enum Source: Sendable {
        case singleNode
        /// `--receive.hashrings`, which never changes.
        case inline(HashringConfiguration)
        /// `--receive.hashrings-file`, which is followed.
        case file(String)
    }

    let source: Source
    private let flags: ParsedReceiveFlags
    private let files: LocalFiles

    var algorithm: HashringAlgorithm {
        HashringAlgorithm(rawValue: flags.hashringsAlgorithm) ?? .hashmod
    }

    var replicationFactor: Int { flags.replicationFactor ?? 1 }

    /// Reads what is there now, and refuses what Thanos refuses at its start.
    init(flags: ParsedReceiveFlags, files: LocalFiles) throws(StartFailure) {
        self.flags = flags
        self.files = files
        if let path = flags.hashringsFile {
            try Self.requireReadable(path, files)
            source = .file(path)
        } else if let inline = flags.hashrings {
            source = try Self.source(inline: inline)
        } else {
            source = .singleNode
        }
    }

    private static func requireReadable(
        _ path: String, _ files: LocalFiles
    ) throws(StartFailure) {
        do throws(LocalFiles.Failure) {
            try files.requireReadable(path)
        } catch {
            throw StartFailure(
                .preparing, error.reason, "adding path \(path) to file watcher",
                "failed to initialize config watcher")
        }
        do throws(HashringFileReading.Failure) {
            _ = try HashringFileReading(path, files: files)
        } catch {
            throw StartFailure(
                .preparing,
                texts: error.texts + ["failed to validate hashring configuration file"])
        }
    }

    private static func source(inline: String) throws(StartFailure) -> Source {
        do throws(HashringError) {
            let configuration = try HashringConfiguration(
                json: SourceText(name: "--receive.hashrings", text: inline))
            // Thanos takes `null` for no configuration at all, but `[]` for no rings.
            return configuration.range.text == "null" ? .singleNode : .inline(configuration)
        } catch {
            throw StartFailure(
                .preparing, error.message, "failed to validate hashring configuration content")
        }
    }

    /// The rings of an inline configuration, built.
    func rings(of configuration: HashringConfiguration) throws(StartFailure) -> ServedRing {
        do throws(HashringError) {
            return .rings(
                try MultiHashring(
                    configuration, flagAlgorithm: algorithm, replicationFactor: replicationFactor))
        } catch {
            throw StartFailure(building: error)
        }
    }

    /// Follows the file.
    func watch(
        _ path: String, log: ReceiverLog, now: @escaping @Sendable () -> WallTime,
        onStatus: @escaping @Sendable (HashringFileStatus) -> Void
    ) throws(StartFailure) -> AsyncStream<HashringWatch.Update> {
        let (algorithm, replicationFactor) = (algorithm, replicationFactor)
        return try HashringWatch(
            path: path, files: files,
            build: { configuration throws(HashringError) in
                try MultiHashring(
                    configuration, flagAlgorithm: algorithm, replicationFactor: replicationFactor)
            }, interval: flags.hashringsFileRefreshInterval, log: log, now: now,
            onStatus: onStatus
        ).start()
    }
}
