/// A path as texts show it, and the one on this machine that stands in for it.
///
/// The lab works in a temporary directory while its logs speak of the incident's paths.
package struct PathMapping: Hashable, Sendable {
    package let shown: String
    package let real: String

    package init(shown: String, real: String) {
        self.shown = shown
        self.real = real
    }

    /// The real path for one below `shown`; nil for any other.
    func real(for path: String) -> String? {
        if path == shown { return real }
        let folder = shown.hasSuffix("/") ? shown : shown + "/"
        guard path.hasPrefix(folder) else { return nil }
        return (real.hasSuffix("/") ? real : real + "/") + path.dropFirst(folder.count)
    }
}

extension [PathMapping] {
    /// The path to open for one that texts show; the longest mapping wins.
    func real(for path: String) -> String {
        let matching = filter { $0.real(for: path) != nil }
        return matching.max { $0.shown.count < $1.shown.count }?.real(for: path) ?? path
    }
}
