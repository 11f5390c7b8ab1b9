import Diagnosis
import Evidence
import KubernetesModel

extension ContainerLog {
    /// The command that shows it.
    func showing(in view: ClusterView) -> String {
        view.kubectl(command, namespace: pod.namespace)
    }

    /// What it says of its pod.
    func evidence(_ text: some StringProtocol, in view: ClusterView) -> EvidenceItem {
        EvidenceItem("logs", "pod \(pod.name): \(text)", command: showing(in: view))
    }
}
