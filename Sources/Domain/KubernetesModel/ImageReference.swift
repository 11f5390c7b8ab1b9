/// A container image as written, split into repository, tag and digest.
package struct ImageReference: Sendable, Hashable {
    package let text: String
    package let repository: String
    package let tag: String?
    package let digest: String?

    package init(_ text: String) {
        self.text = text
        // By bytes: a character takes many times as long to find.
        var rest = text.utf8[...]
        if let at = rest.firstIndex(of: UInt8(ascii: "@")) {
            digest = String(text[rest.index(after: at)...])
            rest = rest[..<at]
        } else {
            digest = nil
        }
        // A colon before the last slash belongs to the registry's port.
        let slash = rest.lastIndex(of: UInt8(ascii: "/"))
        let nameStart = slash.map { rest.index(after: $0) } ?? rest.startIndex
        if let colon = rest[nameStart...].firstIndex(of: UInt8(ascii: ":")) {
            tag = String(text[rest.index(after: colon)..<rest.endIndex])
            rest = rest[..<colon]
        } else {
            tag = nil
        }
        repository = String(text[..<rest.endIndex])
    }

    /// The last part of the repository: `thanos` of `quay.io/thanos/thanos`.
    package var name: String {
        guard let slash = repository.utf8.lastIndex(of: UInt8(ascii: "/")) else {
            return repository
        }
        return String(repository[repository.utf8.index(after: slash)...])
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
