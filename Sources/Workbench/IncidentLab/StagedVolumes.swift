import FoundationEssentials
import KubernetesModel
import MarkedYAML
import PipelineModel
import ReferenceReceiver

/// The directories that stand in for a pod's volumes.
struct StagedVolumes {
    let mappings: [PathMapping]

    /// ConfigMaps become folders with a file a key, as the kubelet would write them; the paths
    /// of the stage become empty folders, which an unprivileged receiver may not write.
    init(
        _ receiver: StageDescription.StagedReceiver, pod: Pod, objects: Objects, below root: String
    ) throws {
        var mappings: [PathMapping] = []
        for (shown, name) in receiver.paths {
            let folder = "\(root)/\(name)"
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true)
            let mode = receiver.isUnprivileged ? 0o555 : 0o755
            try FileManager.default.setAttributes(
                [.posixPermissions: mode], ofItemAtPath: folder)
            mappings.append(PathMapping(shown: shown, real: folder))
        }
        let spec = pod.object.spec.map(PodSpec.init)
        for mount in spec?.containers.flatMap(\.mounts) ?? [] {
            guard case .configMap(let name)? = spec?.volume(named: mount.volume)?.source,
                let map = objects.configMap(name, in: pod.namespace)
            else { continue }
            let folder = "\(root)/\(pod.name)-\(mount.volume)"
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true)
            for key in map.keys {
                let text = map.value(key)?.string ?? ""
                try Data(text.utf8).write(to: URL(filePath: "\(folder)/\(key)"))
            }
            mappings.append(PathMapping(shown: mount.path.value, real: folder))
        }
        self.mappings = mappings
    }
}
