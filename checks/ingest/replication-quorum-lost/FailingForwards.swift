import Evidence
import KubernetesModel
import PipelineModel

/// Forwards of one receiver that fail, and the metric that says so.
struct FailingForwards {
    static let forwards = "thanos_receive_forward_requests_total"
    /// Before v0.39 the counter of failed forwards stays at 0, and this one counts as it should.
    static let calls = "grpc_client_handled_total"

    let pod: ObjectReference
    /// A second.
    let rate: Double
    let metric: String

    /// Nil while all of them arrive.
    init?(_ scraped: ScrapedPod) {
        pod = scraped.pod
        let counted = scraped.rate(Self.forwards, where: ["result": "error"]) ?? 0
        guard counted == 0 else {
            metric = Self.forwards
            rate = counted
            return
        }
        // A peer that is not ready is Unavailable as well; other codes are its own trouble.
        let unanswered = ["Unavailable", "DeadlineExceeded"].compactMap { code in
            scraped.rate(Self.calls, where: ["grpc_method": "RemoteWrite", "grpc_code": code])
        }.reduce(0, +)
        guard unanswered > 0 else { return nil }
        metric = Self.calls
        rate = unanswered
    }
}
