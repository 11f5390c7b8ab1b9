import Hashrings

/// Follows a hashring file as Thanos' ConfigWatcher does (pkg/receive/config.go).
///
/// The file is read at the start, whenever its watch says so, and after each interval. A file that
/// cannot be read or decoded leaves the rings as they are; one whose rings cannot be built ends
/// the receiver.
struct HashringWatch: Sendable {
    /// Rings to use from now on, or why the receiver ends.
    typealias Update = Result<MultiHashring, StartFailure>

    let path: String
    let files: LocalFiles
    /// Builds the rings of a file that was decoded.
    let build: @Sendable (HashringConfiguration) throws(HashringError) -> MultiHashring
    /// `--receive.hashrings-file-refresh-interval`; nil to be told by ticks alone.
    let interval: Duration?
    let log: ReceiverLog
    let now: @Sendable () -> WallTime
    /// Called from the watch's thread after every reading.
    let onStatus: @Sendable (HashringFileStatus) -> Void

    /// Sets the watch up, before the file is read for the first time so that nothing is missed.
    func start(signal: WatchSignal? = WatchSignal()) throws(StartFailure) -> AsyncStream<Update> {
        guard let signal else {
            throw StartFailure(
                .preparing, "too many open files", "creating file watcher",
                "failed to initialize config watcher")
        }
        let watch: FileWatch
        do throws(LocalFiles.Failure) {
            watch = try FileWatch(files.mappings.real(for: path), shown: path)
        } catch {
            throw StartFailure(
                .preparing, error.reason, "adding path \(path) to file watcher",
                "failed to initialize config watcher")
        }
        return updates(watch, signal)
    }

    /// The newest update that nobody has taken; ends with the one that ends the receiver.
    private func updates(_ watch: FileWatch, _ signal: WatchSignal) -> AsyncStream<Update> {
        AsyncStream(bufferingPolicy: .bufferingNewest(1)) { continuation in
            continuation.onTermination = { _ in signal.stop() }
            let isRunning = WatchThread.start {
                follow(watch, signal, continuation)
                continuation.finish()
            }
            guard isRunning else { return continuation.finish() }
        }
    }

    private func follow(
        _ watch: FileWatch, _ signal: WatchSignal, _ updates: AsyncStream<Update>.Continuation
    ) {
        var refresh = HashringRefresh(watch: self)
        while true {
            if let update = refresh.next() {
                updates.yield(update)
                if case .failure = update { return }
            }
            switch signal.next(watching: watch.descriptor, until: refresh.deadline) {
            case .readable: watch.drain()
            case .tick: refresh.restartInterval()
            case .stop: return
            }
        }
    }
}

/// One reading after the other.
private struct HashringRefresh {
    private let watch: HashringWatch
    private var status = HashringFileStatus()
    /// When the interval ends, whatever was read in between.
    private(set) var deadline: ContinuousClock.Instant?

    init(watch: HashringWatch) {
        self.watch = watch
        restartInterval()
    }

    mutating func restartInterval() {
        deadline = watch.interval.map { ContinuousClock.now + $0 }
    }

    /// Reads the file; nil unless it is another one than before.
    mutating func next() -> HashringWatch.Update? {
        status.refreshes += 1
        defer { watch.onStatus(status) }
        do throws(HashringFileReading.Failure) {
            let reading = try HashringFileReading(watch.path, files: watch.files)
            guard reading.fingerprint != status.configHash else { return nil }
            status.take(reading, at: watch.now())
            log(.debug, ("msg", "refreshed hashring config"))
            return built(reading.configuration)
        } catch {
            status.errors += 1
            log(
                .error, ("msg", "failed to load configuration file"), ("err", error.summary),
                ("path", watch.path))
            return nil
        }
    }

    private func built(_ configuration: HashringConfiguration) -> HashringWatch.Update {
        do throws(HashringError) {
            return .success(try watch.build(configuration))
        } catch {
            return .failure(StartFailure(building: error))
        }
    }

    private func log(_ level: ReceiverLog.Level, _ fields: ReceiverLog.Field...) {
        watch.log(
            level, caller: "config.go",
            [("component", "receive"), ("component", "config-watcher")] + fields)
    }
}
