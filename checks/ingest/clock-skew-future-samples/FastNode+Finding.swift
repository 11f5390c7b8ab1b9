import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel

extension ClusterClock.FastNode {
    /// The kubelet renews its Lease with a time that has not come yet.
    func finding(_ receivers: [ReceiverGroup], _ view: ClusterView) -> Finding {
        let pods = (receivers.flatMap(\.pods) + view.pipeline.agents.flatMap(\.pods)).filter {
            $0.nodeName == name
        }
        return Finding(
            "the clock of node \(name) is \(spoken(seconds: ahead)) fast",
            object: ObjectReference(kind: "Node", name: name), at: renewed.range,
            label: "has not come yet", severity: .warning,
            evidence: [
                EvidenceItem(
                    "cluster", "the kubelet renewed its Lease at \(renewed.string ?? "")",
                    command: view.kubectl("get lease \(name) -o yaml", namespace: "kube-node-lease")
                )
            ],
            repair: Repair(text: "set the node's clock: chronyc tracking, timedatectl"),
            about: pods.map(\.reference))
    }
}
