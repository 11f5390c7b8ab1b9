import Evidence

extension ContainerLog {
    /// Whether the receiver was still reading its WAL when the log ended.
    ///
    /// The TSDB's own lines, in the order in which a start prints them.
    var endsInReplay: Bool {
        for line in lines.reversed() {
            let text = line.lowercased()
            if steps.contains(where: text.contains) { return true }
            if later.contains(where: text.contains) { return false }
        }
        return false
    }
}

private let steps = [
    "replaying on-disk memory mappable chunks", "on-disk memory mappable chunks replay",
    "replaying wal, this may take a while", "wal checkpoint loaded", "wal segment loaded",
]

/// What is printed when the replay is over, or when the process was asked to end.
private let later = [
    "wal replay completed", "tsdb started", "tsdb is now ready", "server is ready",
    "caught signal",
]
