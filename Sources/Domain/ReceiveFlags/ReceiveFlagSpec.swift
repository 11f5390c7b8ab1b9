/// What `thanos receive` knows about one of its flags.
package struct ReceiveFlagSpec: Sendable {
    /// With both dashes, as it is typed.
    package let name: String
    package let kind: Kind
    /// The text that Thanos parses when the flag is not given.
    package let defaultText: String?
    package let isHidden: Bool
    package let isRepeatable: Bool
    /// The first release that knows it; nil: older than v0.28.
    package let since: ThanosRelease?
    /// The first release that refuses it again; nil: still known.
    package let removedIn: ThanosRelease?
    /// The values of a choice that are younger than the flag itself.
    package let youngerChoices: [String: ThanosRelease]

    /// How kingpin reads the flag's value.
    package enum Kind: Hashable, Sendable {
        case text
        case boolean
        case integer
        case unsignedInteger
        case decimal
        /// Prometheus' `model.Duration`: `15d`, `2h30m`.
        case duration
        /// Go's `time.Duration`: `1h0m0.5s`.
        case goDuration
        /// `units.Base2Bytes`: `512MB`, `1GiB`.
        case byteCount
        case choice([String])
    }

    init(
        _ name: String, _ kind: Kind = .text, default defaultText: String? = nil,
        hidden isHidden: Bool = false, repeatable isRepeatable: Bool = false,
        since: ThanosRelease? = nil, removedIn: ThanosRelease? = nil,
        youngerChoices: [String: ThanosRelease] = [:]
    ) {
        self.name = name
        self.kind = kind
        self.defaultText = defaultText
        self.isHidden = isHidden
        self.isRepeatable = isRepeatable
        self.since = since
        self.removedIn = removedIn
        self.youngerChoices = youngerChoices
    }

    /// Whether the flag exists in a release.
    package func exists(in release: ThanosRelease) -> Bool {
        if let since, release < since { return false }
        if let removedIn, release >= removedIn { return false }
        return true
    }

    /// How a release reads the value; without one, as the newest does.
    func kind(in release: ThanosRelease?) -> Kind {
        guard let release, case .choice(let values) = kind else { return kind }
        return .choice(values.filter { youngerChoices[$0].map { $0 <= release } ?? true })
    }
}

extension ReceiveFlagSpec {
    /// Every flag, in the order of `thanos receive --help`.
    package static let all = serving + writing + storing

    static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

    /// The flag of that name, both dashes included.
    package static func named(_ name: String) -> ReceiveFlagSpec? {
        byName[name]
    }
}
