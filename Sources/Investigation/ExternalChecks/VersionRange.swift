import KubernetesModel
import MarkedYAML

/// The releases for which a signature holds: `>=0.32 <0.42`.
struct VersionRange: Sendable {
    /// As written.
    let text: String
    private var lowest: Version?
    private var limit: Version?

    init(_ text: Marked<String>) throws(PluginError) {
        self.text = text.value
        for term in text.value.split(separator: " ") {
            if term.hasPrefix(">="), let version = Version(String(term.dropFirst(2))) {
                lowest = version
            } else if term.hasPrefix("<"), let version = Version(String(term.dropFirst())) {
                limit = version
            } else {
                throw PluginError("versions are written '>=0.32 <0.42'", at: text.range)
            }
        }
    }

    func contains(_ version: Version) -> Bool {
        (lowest.map { version >= $0 } ?? true) && (limit.map { version < $0 } ?? true)
    }
}
