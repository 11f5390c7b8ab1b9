package import MarkedYAML

/// What Thanos says about a hashring configuration, or when it looks a node up.
package struct HashringError: Error, Sendable {
    package enum Code: Hashable, Sendable {
        case notParsable
        case empty
        case addressMissing
        case azWithHashmod
        case ketamaTooFewEndpoints
        case shuffleShardingWithHashmod
        case shardLargerThanRing
        /// Thanos has no text for this: it hangs while it builds the ring.
        case unevenZones
        case badTenantPattern
        case noMatchingHashring
        case insufficientNodes
        /// Not Thanos' own: which nodes a shard has depends on Go's random generator.
        case shuffleShardingNotFollowed
        /// Not Thanos' own: comparing would take minutes.
        case tooLargeToCompare
    }

    package let code: Code
    /// Thanos' own text, the first line of its log's `err`.
    package let message: String
    package let range: SourceRange?

    package init(code: Code, message: String, range: SourceRange?) {
        self.code = code
        self.message = message
        self.range = range
    }
}

extension HashringError {
    /// A tenant that no ring takes; Thanos never names the tenant here.
    package static let noMatchingHashring = HashringError(
        code: .noMatchingHashring, message: "no matching hashring to handle tenant", range: nil)
}

extension HashringError {
    /// A ring smaller than the replica that is asked of it.
    package static func insufficientNodes(have: Int, want: Int) -> HashringError {
        HashringError(
            code: .insufficientNodes,
            message: "insufficient nodes; have \(have), want \(want)", range: nil)
    }
}
