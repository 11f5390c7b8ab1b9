import Diagnosis
import Evidence
import KubernetesModel
import PipelineModel

/// How long requests to other receivers wait for a worker that sends them, in one pod.
struct WorkerDelay {
    /// Thanos has them since v0.35.
    static let sum = "thanos_receive_forward_delay_seconds_sum"
    static let count = "thanos_receive_forward_delay_seconds_count"

    let pod: ObjectReference
    /// The mean between two looks.
    let seconds: Double

    /// Nil when nothing was forwarded between the two looks.
    init?(_ pod: ScrapedPod) {
        guard let mean = pod.ratio(Self.sum, to: Self.count), mean.isFinite else { return nil }
        self.pod = pod.pod
        seconds = mean
    }

    /// A fifth of the default deadline; a receiver at rest needs milliseconds.
    var isLong: Bool { seconds >= 1 }

    var text: String { "\((min(seconds, 1e6) * 10).rounded() / 10) s" }

    func evidence(_ group: ReceiverGroup, _ view: ClusterView) -> EvidenceItem {
        group.growth(
            ": requests wait \(text) for a worker", of: pod, "thanos_receive_forward_delay_seconds",
            in: view)
    }
}
