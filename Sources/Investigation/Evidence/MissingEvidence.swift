package import KubernetesModel

/// Something that was not seen, and why.
package struct MissingEvidence: Sendable, Hashable {
    package enum Cause: Sendable, Hashable {
        /// Nobody gave the source: the check does not apply to this run.
        case notConfigured
        /// There is nothing of the sort here to judge.
        case notApplicable
        /// The API server, a file system or a policy refused.
        case forbidden
        case unreachable
        case timedOut
        /// An answer came and could not be used.
        case malformed
        /// It cannot be seen while this object is broken.
        case dependsOn(ObjectReference)
    }

    package let cause: Cause
    /// Where one would have looked: `cluster`, `logs`, `probes`, `query`, `bucket`, `manifests`.
    package let source: String
    /// One line for people: `forbidden: list pods in monitoring`.
    package let reason: String

    package init(_ cause: Cause, source: String, _ reason: String) {
        self.cause = cause
        self.source = source
        self.reason = reason
    }

    package static func notConfigured(_ source: String, needs what: String) -> MissingEvidence {
        MissingEvidence(.notConfigured, source: source, "needs \(what)")
    }

    package static func notApplicable(_ reason: String) -> MissingEvidence {
        MissingEvidence(.notApplicable, source: "pipeline", reason)
    }

    /// Whether the run looked, or would have, and could not see.
    package var isIgnorance: Bool {
        switch cause {
        case .notConfigured, .notApplicable: false
        case .forbidden, .unreachable, .timedOut, .malformed, .dependsOn: true
        }
    }
}
