import Evidence

extension LogRecord {
    /// Whether an agent quotes what the server answered: the words in it are those of receivers.
    var isAnswer: Bool { error?.hasPrefix("server returned HTTP status") ?? false }
}
