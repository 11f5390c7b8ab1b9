import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel
import ReceiveFlags

extension ReceiverGroup {
    /// Shows some of a pod's metrics.
    func showing(
        metrics pattern: String, of pod: ObjectReference, in view: ClusterView
    ) -> String {
        view.metricsCommand(of: pod, port: httpPort ?? 10902, pattern)
    }

    /// The step of a JSON patch that refuses the whole when an argument is no longer what it was
    /// (RFC 6902 section 4.6).
    func testStep(ofArgument index: Int, at pointer: String) -> String {
        let value = flags.arguments.indices.contains(index) ? flags.arguments[index] : ""
        return "{\"op\":\"test\",\"path\":\"\(pointer)\",\"value\":"
            + "\(JSONValue.string(value).compact)}"
    }

    /// Advice to change the pod template, with what must follow it where a pod is stuck: with
    /// OrderedReady a StatefulSet replaces none while one is not ready
    /// (kubernetes/kubernetes#67250).
    func changingTemplate(_ advice: String) -> String {
        // One that runs may read its WAL, and become ready by itself.
        let stuck = pods.filter { pod in
            !pod.isReady && !pod.isTerminating
                && (pod.initContainerStatuses + pod.containerStatuses).contains(where: \.isHeldBack)
        }.map(\.name)
        guard !stuck.isEmpty, workload.object.kind == "StatefulSet" else { return advice }
        guard workload.object.spec?["podManagementPolicy"]?.string != "Parallel" else {
            return pods.contains(where: \.isReady)
                ? "\(advice); with podManagementPolicy Parallel those that are ready restart, too"
                : advice
        }
        return "\(advice); then delete \(listed(stuck)), for a StatefulSet replaces no pod that is "
            + "not ready"
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
