package import MarkedYAML

/// Something that could not be read, for the report's list of gaps.
package struct Gap: Sendable {
    package let source: String
    package let reason: String
    package let locations: [SourceRange]
    /// What would close it: an RBAC rule to grant, in YAML.
    package let remedy: String?

    package init(
        source: String, reason: String, locations: [SourceRange] = [], remedy: String? = nil
    ) {
        self.source = source
        self.reason = reason
        self.locations = locations
        self.remedy = remedy
    }
}
