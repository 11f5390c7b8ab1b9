import Evidence
import KubernetesAPI

/// A refused or failed request, as evidence that is missing and as a gap in the report.
struct AccessFailure: Error {
    let evidence: MissingEvidence
    let gap: Gap
    let isForbidden: Bool

    init(_ failure: KubernetesFailure, source: String = "cluster") {
        let cause: MissingEvidence.Cause =
            switch failure.kind {
            case .forbidden, .unauthorized: .forbidden
            case .timedOut, .cancelled: .timedOut
            case .unreachable, .tooManyRequests, .serverError, .gone: .unreachable
            case .objectMissing, .resourceNotServed, .rejected, .notKubernetes, .truncated,
                .malformed:
                .malformed
            }
        isForbidden = cause == .forbidden && failure.rbacRule != nil
        evidence = MissingEvidence(cause, source: source, failure.reason)
        gap = Gap(source: source, reason: failure.reason, remedy: failure.rbacRule?.yaml)
    }

    init(_ cause: MissingEvidence.Cause, source: String, _ reason: String) {
        isForbidden = false
        evidence = MissingEvidence(cause, source: source, reason)
        gap = Gap(source: source, reason: reason)
    }
}
