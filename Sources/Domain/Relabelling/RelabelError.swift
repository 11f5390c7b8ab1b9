package import MarkedYAML

/// What Thanos says about relabelling rules that it cannot use.
package struct RelabelError: Error, Hashable, Sendable {
    /// The text of Prometheus or of its YAML decoder.
    package let message: String
    package let range: SourceRange?

    init(_ message: String, at range: SourceRange? = nil) {
        self.message = message
        self.range = range
    }
}
