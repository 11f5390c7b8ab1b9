import ArgumentParser

/// How long a run may take.
struct TimeOptions: ParsableArguments {
    static let usual = "60s"

    @Option(help: "How long the whole run may take: 30s, 2m. (default: 60s)")
    var timeout: String?

    func limit() throws -> Duration {
        let text = timeout ?? Self.usual
        guard let limit = Span(text)?.duration else {
            throw UsageError("'\(text)' is no duration; write 30s or 2m")
        }
        return limit
    }
}
