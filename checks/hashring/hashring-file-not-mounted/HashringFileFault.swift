import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel

/// What is wrong with the way from the path to a key.
struct HashringFileFault {
    let message: String
    var places: [Place] = []
    /// The path under which the one key that is there can be read.
    var readablePath: String?

    init?(_ path: String, _ file: MountedFile, _ view: ClusterView) {
        switch file {
        case .notMounted:
            message = "no volume is mounted over \(path)"
        case .volumeAbsent(let mount):
            message = "the mount over \(path) names volume \"\(mount.volume)\", which the pod lacks"
            places = [Place(mount.node.range, "no such volume")]
        case .configMapAbsent(let name, let volume):
            guard view.isComplete(kind: "ConfigMap") else { return nil }
            message = "the ConfigMap \(name), which is to hold \(path), does not exist"
            places = [Place(volume.node.range, "names ConfigMap \(name)")]
        case .keyAbsent(let map, let wanted, volume: _, mount: _):
            let keys = map.keys
            message =
                "\(path) does not exist: ConfigMap \(map.object.name) has "
                + (keys.isEmpty ? "no key" : "the key \(keys.joined(separator: ", "))")
                + ", not \(wanted)"
            let range = keys.first.flatMap(map.keyNode)?.range ?? map.object.range
            places = [Place(range, keys.isEmpty ? "no key here" : "the key is called this")]
            readablePath = file.pathOfOnlyKey
        case .configMapKey, .secretKey, .unknowable, .claim:
            return nil
        }
    }
}
