import MarkedYAML

/// A plug-in that cannot be used: what is wrong, where, and what to do.
package struct PluginError: Error, CustomStringConvertible {
    package let description: String

    init(_ message: String, at range: SourceRange) {
        description = "\(range.source.name):\(range.start.line):\(range.start.column): \(message)"
    }

    init(_ message: String, file: String) { description = "\(file): \(message)" }

    init(_ error: YAMLError) { description = error.description }
}
