import MarkedYAML

/// What `thanosctl.yaml` says.
struct Settings: Sendable {
    /// The part that a cluster plays in the pipeline.
    enum Role: String, CaseIterable, Sendable { case central, edge }

    /// One value with its place.
    struct Setting: Sendable {
        let value: String
        let range: SourceRange

        /// FILE:LINE.
        var origin: String { "\(range.source.name):\(range.start.line)" }
    }

    var values: [SettingKey: [Setting]] = [:]
    /// By the name of the context.
    var roles: [String: Role] = [:]

    /// What counts: the options where any are given, else the file.
    func texts(_ key: SettingKey, unless given: [String]) -> [String] {
        given.isEmpty ? (values[key] ?? []).map(\.value) : given
    }

    func text(_ key: SettingKey, unless given: String?) -> String? {
        given ?? values[key]?.first?.value
    }
}

/// A mistake in `thanosctl.yaml`: where, what, and what to do.
struct SettingsProblem: Sendable, CustomStringConvertible {
    let range: SourceRange
    let message: String

    var description: String {
        let start = range.start
        return "\(range.source.name):\(start.line):\(start.column): \(message)"
    }
}
