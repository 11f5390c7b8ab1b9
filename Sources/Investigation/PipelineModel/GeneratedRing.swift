package import KubernetesModel
package import MarkedYAML
import ReceiveFlags

/// The hashring that a thanos-receive-controller writes, and who takes part in it.
package struct GeneratedRing: Sendable {
    package let controller: ThanosComponent
    /// The ConfigMap that it writes.
    package let configMap: ObjectReference
    /// The receivers that mount it.
    package let readers: [ReceiverGroup]
    /// The label by which it finds StatefulSets, key and value.
    package let label: (key: String, value: String)

    /// The label that names the ring of a StatefulSet (controller: main.go, `hashringLabelKey`).
    package static let ringLabel = "controller.receive.thanos.io/hashring"

    /// Nil for another program, and where the ConfigMap's name is not given.
    package init?(_ controller: ThanosComponent, receivers: [ReceiverGroup]) {
        guard controller.program == .receiveController,
            let name = controller.values(of: "--configmap-generated-name").last?.value
        else { return nil }
        self.controller = controller
        let namespace =
            controller.values(of: "--namespace").last.flatMap {
                // From a field of the pod, that is, its own namespace.
                $0.value.contains("$(") ? nil : $0.value
            } ?? controller.workload.namespace
        configMap = ObjectReference(kind: "ConfigMap", namespace: namespace, name: name)
        readers = receivers.filter {
            $0.hashringConfigMap == name && $0.workload.namespace == namespace
        }
        let label =
            controller.values(of: "--label").last?.value
            ?? "controller.receive.thanos.io=thanos-receive-controller"
        let parts = label.split(separator: "=", maxSplits: 1).map(String.init)
        self.label = (parts.first ?? label, parts.count > 1 ? parts[1] : "")
    }

    /// The switch by which pods that are not ready are left out, with its place.
    package var onlyReady: Marked<String>? {
        controller.values(of: "--allow-only-ready-replicas").last.flatMap {
            $0.value == "false" ? nil : $0
        }
    }

    /// Whether the controller takes a StatefulSet's pods into the ring.
    package func takes(_ workload: Workload) -> Bool {
        let labels = workload.object.labels
        return labels[label.key] == label.value && labels[Self.ringLabel] != nil
    }
}

extension ReceiverGroup {
    /// The ConfigMap that is mounted over the hashring file, whether it is there or not.
    package var hashringConfigMap: String? {
        guard let mount = hashringMount,
            case .configMap(let name)? = workload.podSpec?.volume(named: mount.volume)?.source
        else { return nil }
        return name
    }
}
