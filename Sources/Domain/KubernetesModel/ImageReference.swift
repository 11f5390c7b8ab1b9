/// A container image as written, split into repository, tag and digest.
package struct ImageReference: Sendable, Hashable {
    package let text: String
    package let repository: String
    package let tag: String?
    package let digest: String?

    package init(_ text: String) {
        self.text = text
        var rest = Substring(text)
        if let at = rest.firstIndex(of: "@") {
            digest = String(rest[rest.index(after: at)...])
            rest = rest[..<at]
        } else {
            digest = nil
        }
        // A colon before the last slash belongs to the registry's port.
        let nameStart = rest.lastIndex(of: "/").map { rest.index(after: $0) } ?? rest.startIndex
        if let colon = rest[nameStart...].firstIndex(of: ":") {
            tag = String(rest[rest.index(after: colon)...])
            rest = rest[..<colon]
        } else {
            tag = nil
        }
        repository = String(rest)
    }

    /// The last part of the repository: `thanos` of `quay.io/thanos/thanos`.
    package var name: String {
        repository.split(separator: "/").last.map(String.init) ?? repository
    }

    /// The version that the tag states; nil for digests, `latest` and tags that are no version.
    package var version: Version? { tag.flatMap(Version.init) }
}

/// A release number: `v0.37.2`, `0.41.0-rc.1` and `2.53.0+build` alike; suffixes are dropped.
package struct Version: Sendable, Hashable, Comparable, CustomStringConvertible {
    package let major: Int
    package let minor: Int
    package let patch: Int

    package init(_ major: Int, _ minor: Int, _ patch: Int = 0) {
        self.major = major
        self.minor = minor
        self.patch = patch
    }

    package init?(_ text: String) {
        let bare = text.hasPrefix("v") ? text.dropFirst() : Substring(text)
        let core = bare.prefix { $0 != "-" && $0 != "+" && $0 != "_" }
        let parts = core.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
        guard (2...3).contains(parts.count), let major = parts[0], let minor = parts[1],
            let patch = parts.count == 3 ? parts[2] : 0
        else { return nil }
        self.init(major, minor, patch)
    }

    package var description: String { "v\(major).\(minor).\(patch)" }

    package static func < (left: Self, right: Self) -> Bool {
        (left.major, left.minor, left.patch) < (right.major, right.minor, right.patch)
    }
}
