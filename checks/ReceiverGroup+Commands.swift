import Diagnosis
import Evidence
import KubernetesModel
import PipelineModel
import ReceiveFlags

extension ReceiverGroup {
    /// Shows some of a pod's metrics.
    func showing(
        metrics pattern: String, of pod: ObjectReference, in view: ClusterView
    ) -> String {
        view.metricsCommand(of: pod, port: httpPort ?? 10902, pattern)
    }

    /// What a pod's counters show, with the time in which they grew and a command that asks again.
    func growth(
        _ what: String, of pod: ObjectReference, _ pattern: String, in view: ClusterView
    ) -> EvidenceItem {
        EvidenceItem(
            "metrics", "pod \(pod.name)\(what)\(view.ratePeriod(of: pod))",
            command: view.rateCommand(of: pod, port: httpPort ?? 10902, pattern))
    }
}
