/// How bad a finding is; critical and error are certain, or they are warnings.
package enum Severity: String, Sendable, Hashable, Comparable, CaseIterable {
    /// Context, or a guard against a false alarm.
    case info
    /// Breaks under a foreseeable event.
    case warning
    /// Broken, or data damaged.
    case error
    /// Writes or data stop now.
    case critical

    package static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .info: 0
        case .warning: 1
        case .error: 2
        case .critical: 3
        }
    }
}

/// How sure a finding is.
package enum Confidence: String, Sendable, Hashable {
    case certain, likely, possible
}

/// What became of a check.
package enum CheckStatus: String, Sendable, Hashable, CaseIterable {
    case failed, unknown, blocked, passed, skipped

    /// Over many objects the worst counts: failed, unknown, blocked, passed, skipped.
    package static func worst(of statuses: [CheckStatus]) -> CheckStatus {
        allCases.first(where: statuses.contains) ?? .skipped
    }
}

/// When in a rollout a check can speak for the first time.
package enum Stage: String, Sendable, Hashable, CaseIterable {
    case preInstall = "pre-install"
    case preRollout = "pre-rollout"
    case postRollout = "post-rollout"
}
