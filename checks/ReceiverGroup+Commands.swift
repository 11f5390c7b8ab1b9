import Evidence
import KubernetesModel
import PipelineModel
import ReceiveFlags

extension ReceiverGroup {
    /// Shows some of a pod's metrics.
    func showing(
        metrics pattern: String, of pod: ObjectReference, in view: ClusterView
    ) -> String {
        let path = "/api/v1/namespaces/\(pod.namespace ?? "default")/pods/\(pod.name)"
        return view.kubectl("get --raw \(path):\(httpPort ?? 10902)/proxy/metrics")
            + " | grep \(pattern)"
    }
}
