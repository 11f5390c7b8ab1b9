import Digests
import MarkedYAML

/// Reads the limits again whenever their file is another one
/// (`StartConfigReloader` in pkg/receive/limiter.go).
struct LimitsWatch: Sendable {
    let path: String
    let files: LocalFiles
    /// `--receive.limits-config-reload-timer`; nil to be told by ticks alone.
    let interval: Duration?
    let log: ReceiverLog
    /// Called from the watch's thread after every reload with
    /// `thanos_receive_limits_config_reload_total`; `…_reload_err_total` stays 0, as Thanos
    /// counts a failure in the former, twice.
    let onReloads: @Sendable (Int) -> Void

    /// The limits as they are at the start; the texts are those of a start that fails.
    func load() throws(WriteLimits.Failure) -> WriteLimits {
        try LimitsFile(path, files: files).limits
    }

    /// The newest limits that nobody has taken, until the task ends.
    ///
    /// - Parameter signal: tells the thread to look; nil when the system has no descriptor left,
    ///   which leaves the limits as they are.
    func updates(
        after limits: WriteLimits, signal: WatchSignal? = WatchSignal()
    ) -> AsyncStream<WriteLimits> {
        AsyncStream(bufferingPolicy: .bufferingNewest(1)) { continuation in
            guard let signal else { return continuation.finish() }
            continuation.onTermination = { _ in signal.stop() }
            let isRunning = WatchThread.start {
                var reload = LimitsReload(watch: self, limits: limits)
                while signal.next(watching: nil, until: deadline) != .stop {
                    if let newer = reload.next() { continuation.yield(newer) }
                }
                continuation.finish()
            }
            guard isRunning else { return continuation.finish() }
        }
    }

    /// Counted anew from every look on, as Thanos does.
    private var deadline: ContinuousClock.Instant? { interval.map { ContinuousClock.now + $0 } }
}

/// The content of a limits file.
private struct LimitsFile {
    /// A file beyond this is refused; a Kubernetes ConfigMap holds 1 MiB at most.
    static let sizeLimit = 16 << 20

    let limits: WriteLimits

    init(_ path: String, files: LocalFiles) throws(WriteLimits.Failure) {
        let bytes: [UInt8]
        do throws(LocalFiles.Failure) {
            bytes = try files.read(path, limit: Self.sizeLimit)
        } catch {
            throw WriteLimits.Failure(texts: [
                error.message, "loading file \(path) for receive.limits-config-file",
                "get content of limit configuration",
            ])
        }
        limits = try WriteLimits(yaml: SourceText(name: path, bytes: bytes))
    }
}

/// One look at the file after the other (`pollingEngine` in pkg/extkingpin).
private struct LimitsReload {
    private let watch: LimitsWatch
    private var limits: WriteLimits
    /// Nothing at first: the first look always reloads.
    private var digest: [UInt8] = []
    private var reloads = 0

    init(watch: LimitsWatch, limits: WriteLimits) {
        self.watch = watch
        self.limits = limits
    }

    /// The limits of a file that changed; nil for one that did not, or is broken.
    mutating func next() -> WriteLimits? {
        guard hasChanged() else { return nil }
        log(.info, [("component", "receive-limiter"), ("msg", "reloading limit config")])
        reloads += 1
        defer { watch.onReloads(reloads) }
        do throws(WriteLimits.Failure) {
            limits = try watch.load().replacing(limits)
            return limits
        } catch {
            reloads += 1
            log(
                .error,
                [
                    ("component", "receive-limiter"),
                    ("msg", "error reloading tenant limits config from \(watch.path)"),
                    ("err", error.summary),
                ])
            return nil
        }
    }

    private mutating func hasChanged() -> Bool {
        do throws(LocalFiles.Failure) {
            let content = try watch.files.read(watch.path, limit: LimitsFile.sizeLimit)
            let newer = SHA256.digest(content)
            defer { digest = newer }
            return newer != digest
        } catch {
            let isMissing = !watch.files.mayExist(watch.path)
            log(
                .error,
                [
                    ("component", "receive-limiter"),
                    ("msg", isMissing ? "file does not exist" : "error opening file"),
                    ("error", isMissing ? "stat \(watch.path): \(error.reason)" : error.message),
                ])
            return false
        }
    }

    private func log(_ level: ReceiverLog.Level, _ fields: [ReceiverLog.Field]) {
        watch.log(level, caller: "limiter.go", [("component", "receive")] + fields)
    }
}
