import Evidence
import Hashrings
import KubernetesModel
import PipelineModel
import ReceiveFlags

extension RingFile {
    /// What it is called in messages: the ConfigMap, or the flag.
    var title: String {
        configMap.map { "ConfigMap \($0.name)" } ?? "--receive.hashrings"
    }

    /// The command that shows it.
    func showing(in view: ClusterView) -> String {
        guard let configMap else {
            let reader = readers[0].reference
            return view.kubectl(
                "get \(reader.kind.lowercased()) \(reader.name) -o yaml",
                namespace: reader.namespace)
        }
        return view.kubectl(
            "get configmap \(configMap.name) -o yaml", namespace: configMap.namespace)
    }

    /// Whether a controller writes it, and takes every change back.
    func isGenerated(in view: ClusterView) -> Bool {
        view.pipeline.components.contains {
            GeneratedRing($0, receivers: view.pipeline.receivers)?.configMap == configMap
        }
    }

    /// What a change of it does to receivers that flush for it; empty where none does.
    var effectOfChange: String {
        let flushes = readers.contains {
            $0.flags.mode.stores && $0.flags.hashringsAlgorithm != HashringAlgorithm.ketama.rawValue
        }
        return flushes ? "; with hashmod every change of it makes all receivers flush at once" : ""
    }

    /// The command that opens it for a change; nil outside a cluster, for flags, and for what a
    /// controller writes.
    func editing(in view: ClusterView) -> String? {
        guard view.isCluster, let configMap, !isGenerated(in: view) else { return nil }
        return view.kubectl("edit configmap \(configMap.name)", namespace: configMap.namespace)
    }

    /// Whether other manifests may put something else in its place: an overlay of the ConfigMap.
    func mayBeReplaced(in view: ClusterView) -> Bool {
        configMap.map(view.mayReplace) ?? false
    }
}

extension ReceiverGroup {
    /// Whether this is all that the evidence says of the workload: no patch, no base or overlay.
    func isWhole(in view: ClusterView) -> Bool {
        !isPatch && view.otherManifests(of: workload).isEmpty
    }
}

extension ClusterView {
    /// Whether several manifests have an object of that name, a base and its overlay.
    func mayReplace(_ object: ObjectReference) -> Bool {
        guard case .manifests(isComplete: false) = source else { return false }
        return objects.of(kind: object.kind, named: object.name).count > 1
    }
}
