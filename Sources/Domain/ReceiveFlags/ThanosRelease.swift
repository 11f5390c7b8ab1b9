/// A minor release line of Thanos, by which flags come and go.
package struct ThanosRelease: Hashable, Comparable, Sendable {
    package let major: Int
    package let minor: Int

    package init(_ major: Int, _ minor: Int) {
        self.major = major
        self.minor = minor
    }

    package static func < (left: ThanosRelease, right: ThanosRelease) -> Bool {
        (left.major, left.minor) < (right.major, right.minor)
    }
}

extension ThanosRelease {
    /// The release whose behaviour the reference receiver copies.
    package static let referenced = ThanosRelease(0, 41)
}
