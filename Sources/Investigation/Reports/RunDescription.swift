/// What a report says of the run itself, beside what the run found.
package struct RunDescription: Sendable {
    package var toolVersion: String
    /// The subcommand as typed: `doctor`, `lint`, `logs explain`.
    package var command: String
    /// The start in UTC, RFC 3339: `2025-10-20T11:22:40Z`.
    package var startedAt: String
    package var seconds: Double
    package var outcome: RunOutcome
    package var targets: [RunTarget]
    package var display: DisplayOptions

    package init(
        toolVersion: String, command: String, startedAt: String, seconds: Double,
        outcome: RunOutcome, targets: [RunTarget] = [], display: DisplayOptions = DisplayOptions()
    ) {
        self.toolVersion = toolVersion
        self.command = command
        self.startedAt = startedAt
        self.seconds = seconds
        self.outcome = outcome
        self.targets = targets
        self.display = display
    }
}

/// How a run ended.
package struct RunOutcome: Sendable, Hashable {
    package var exitCode: Int
    /// Whether everything that was to be judged was judged.
    package var isComplete: Bool
    /// The text of a usage or internal error, when there was one.
    package var error: String?
    /// The severity at which findings make the run fail, as the user spells it.
    package var failOn: String

    package init(
        exitCode: Int, isComplete: Bool, error: String? = nil, failOn: String = "error"
    ) {
        self.exitCode = exitCode
        self.isComplete = isComplete
        self.error = error
        self.failOn = failOn
    }
}

/// A cluster that was looked at, and the part it plays in the pipeline.
package struct RunTarget: Sendable, Hashable, Comparable {
    /// `receive`, `agent`, `query` or `manifests`.
    package let role: String
    package let cluster: String

    package init(role: String, cluster: String) {
        self.role = role
        self.cluster = cluster
    }

    package static func < (left: Self, right: Self) -> Bool {
        (left.role, left.cluster) < (right.role, right.cluster)
    }
}

/// How the stream that takes the report shows text.
package struct DisplayOptions: Sendable, Hashable {
    /// Columns; prose is wrapped to it, paths and commands never.
    package var width: Int
    package var usesColor: Bool
    /// Draw with ASCII alone.
    package var usesASCII: Bool
    /// 0 folds what passed; 1 and above unfold it.
    package var verbosity: Int

    package init(
        width: Int = 80, usesColor: Bool = false, usesASCII: Bool = false, verbosity: Int = 0
    ) {
        // Narrower than this, wrapped prose is one word a line.
        self.width = max(width, 40)
        self.usesColor = usesColor
        self.usesASCII = usesASCII
        self.verbosity = verbosity
    }
}
