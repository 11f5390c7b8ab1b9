import FoundationEssentials
import Glibc
import Hashrings
import Synchronization

@testable import ReferenceReceiver

/// A hashring file in a folder of its own, with what its watch says of it.
///
/// A class because the folder goes with it.
final class WatchedFile: Sendable {
    let path: String
    let log = RecordedLog()
    let signal: WatchSignal
    private let folder: String
    private let recorded = Mutex<[HashringFileStatus]>([])
    private let (changes, changed) = AsyncStream<HashringFileStatus>.makeStream()
    private let swaps = Mutex(0)

    /// The folder or the pipe could not be made.
    struct Unprepared: Error {}

    /// - Parameter content: nil for no file at all.
    init(_ content: String?, asConfigMap: Bool = false) throws {
        var template = Array("/tmp/hashring-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil, let signal = WatchSignal() else { throw Unprepared() }
        folder = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        path = folder + "/hashrings.json"
        self.signal = signal
        if asConfigMap, let content {
            try swap(content)
            try FileManager.default.createSymbolicLink(
                atPath: path, withDestinationPath: "..data/hashrings.json")
        } else {
            try replace(with: content)
        }
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    static func ring(_ name: String) -> String {
        "[{\"hashring\": \"\(name)\", \"endpoints\": [\"\(name):10901\"]}]"
    }

    /// Writes into the file that is there.
    func write(_ content: String) throws {
        try Data(content.utf8).write(to: URL(filePath: path))
    }

    /// Puts another file in the place of this one; nil takes it away.
    func replace(with content: String?) throws {
        if let content {
            try Data(content.utf8).write(to: URL(filePath: path + ".new"))
            guard rename(path + ".new", path) == 0 else { throw Unprepared() }
        } else {
            unlink(path)
        }
    }

    /// Swaps the folder behind `..data` and removes the old one, as the kubelet does.
    func swap(_ content: String) throws {
        let number = swaps.withLock { count in
            count += 1
            return count
        }
        let version = "\(folder)/..version-\(number)"
        try FileManager.default.createDirectory(
            atPath: version, withIntermediateDirectories: false)
        try Data(content.utf8).write(to: URL(filePath: version + "/hashrings.json"))
        let fresh = folder + "/..data_tmp"
        try FileManager.default.createSymbolicLink(
            atPath: fresh, withDestinationPath: "..version-\(number)")
        guard rename(fresh, folder + "/..data") == 0 else { throw Unprepared() }
        guard number > 1 else { return }
        try FileManager.default.removeItem(atPath: "\(folder)/..version-\(number - 1)")
    }

    var statuses: [HashringFileStatus] { recorded.withLock { $0 } }

    /// Waits until the watch reports what is wanted.
    func reaches(_ isWanted: (HashringFileStatus) -> Bool) async throws {
        for await status in changes where isWanted(status) { return }
    }

    func stream(interval: Duration? = nil) throws -> AsyncStream<HashringWatch.Update> {
        let log = log
        let environment = ReceiverEnvironment(log: { log.append($0) })
        let watch = HashringWatch(
            path: path, files: LocalFiles(mappings: []),
            build: { configuration throws(HashringError) in
                try MultiHashring(configuration, flagAlgorithm: .hashmod, replicationFactor: 1)
            },
            interval: interval,
            log: ReceiverLog(level: "debug", format: "logfmt", environment: environment),
            now: { WallTime(seconds: 1, nanoseconds: 0) },
            onStatus: { [weak self] status in
                self?.recorded.withLock { $0.append(status) }
                self?.changed.yield(status)
            })
        return try watch.start(signal: signal)
    }

    func updates(
        interval: Duration? = nil
    ) throws -> AsyncStream<HashringWatch.Update>.Iterator {
        try stream(interval: interval).makeAsyncIterator()
    }
}
