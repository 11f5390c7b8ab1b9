package import MarkedYAML

/// One ring as it is configured: whom it serves, and with which nodes.
package struct HashringSpec: Sendable {
    package let name: Marked<String>?
    /// Names or patterns; none means every tenant.
    package let tenants: [Marked<String>]
    package let matcher: TenantMatcher
    package let endpoints: [HashringEndpoint]
    /// The ring's own `algorithm` as written, which outranks the flag.
    package let algorithmText: Marked<String>?
    package let externalLabels: [String: String]
    package let shuffleSharding: ShuffleSharding?
    package let range: SourceRange

    /// The ring's own algorithm where it names one that exists.
    package var algorithm: HashringAlgorithm? {
        algorithmText.flatMap { HashringAlgorithm(rawValue: $0.value) }
    }

    /// The algorithm that places series; Thanos takes an unknown name for hashmod silently.
    package func effectiveAlgorithm(flag: HashringAlgorithm) -> HashringAlgorithm {
        guard let algorithmText, !algorithmText.value.isEmpty else { return flag }
        return algorithm ?? .hashmod
    }

    /// The shuffle sharding that spreads a tenant over a part of the ring only, if it is on.
    package var activeShuffleSharding: ShuffleSharding? {
        shuffleSharding.flatMap { $0.shardSize.value > 0 ? $0 : nil }
    }

    /// Whether the ring takes the tenant's series.
    package func takes(tenant: String) throws(HashringError) -> Bool {
        guard !tenants.isEmpty else { return true }
        switch matcher {
        case .exact:
            return tenants.contains { $0.value == tenant }
        case .glob:
            for pattern in tenants where try Self.matches(pattern, tenant) { return true }
            return false
        case .unknown:
            return false
        }
    }

    private static func matches(
        _ pattern: Marked<String>, _ tenant: String
    ) throws(HashringError) -> Bool {
        do throws(GlobPattern.SyntaxError) {
            return try GlobPattern(pattern.value).matches(tenant)
        } catch {
            throw HashringError(
                code: .badTenantPattern,
                message: "error matching tenant pattern \(pattern.value) (tenant \(tenant)): "
                    + error.message,
                range: pattern.range)
        }
    }
}

/// How `tenants` is to be read.
package enum TenantMatcher: Hashable, Sendable {
    case exact
    /// Go's `filepath.Match`.
    case glob
    /// A type that Thanos accepts and that then matches no tenant at all.
    case unknown(String)

    init(_ text: String) {
        switch text {
        case "", "exact": self = .exact
        case "glob": self = .glob
        default: self = .unknown(text)
        }
    }
}

/// The part of `shuffle_sharding_config` that decides whether a ring can be built.
package struct ShuffleSharding: Sendable {
    /// Nodes a tenant is spread over; 0 leaves shuffle sharding off.
    package let shardSize: Marked<Int>
    package let zoneAwarenessDisabled: Bool
}
