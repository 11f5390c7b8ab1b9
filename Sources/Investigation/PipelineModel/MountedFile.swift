package import KubernetesModel
package import MarkedYAML

/// Where a path inside a container comes from: path → mount → volume → ConfigMap key.
package enum MountedFile: Sendable {
    /// The key of a ConfigMap, with the node that holds its text.
    case configMapKey(ConfigMapObject, key: String, text: Node)
    /// A key of a Secret, whose value is not among the evidence.
    case secretKey(name: String, key: String, volume: Volume)
    /// No mount covers the path.
    case notMounted
    /// The ConfigMap is mounted, and does not hold a key that lands on the path.
    case keyAbsent(ConfigMapObject, wanted: String, volume: Volume, mount: VolumeMount)
    /// The volume names a ConfigMap that is not among the objects.
    case configMapAbsent(name: String, volume: Volume)
    /// A mount names a volume that the pod does not have.
    case volumeAbsent(mount: VolumeMount)
    /// The path lies in a volume whose content cannot be known: a claim, a projection, a host path.
    case unknowable(volume: Volume)
    /// The path lies in the claim template of a StatefulSet.
    case claim(mount: VolumeMount)

    /// Follows `path` as the kubelet would mount it.
    package static func resolve(
        _ path: String, in workload: Workload, container: Container, objects: Objects
    ) -> MountedFile {
        let covering = container.mounts.filter { $0.contains(path) }
        guard let mount = covering.max(by: { $0.path.value.count < $1.path.value.count }) else {
            return .notMounted
        }
        guard let volume = workload.podSpec?.volume(named: mount.volume) else {
            let isClaim = workload.claimTemplates.contains(mount.volume)
            return isClaim ? .claim(mount: mount) : .volumeAbsent(mount: mount)
        }
        let relative = [mount.subPath ?? "", mount.relativePath(of: path)]
            .filter { !$0.isEmpty }.joined(separator: "/")
        switch volume.source {
        case .configMap(let name):
            guard let map = objects.configMap(name, in: workload.namespace) else {
                return .configMapAbsent(name: name, volume: volume)
            }
            guard let key = key(for: relative, in: volume), map.keys.contains(key) else {
                return .keyAbsent(map, wanted: relative, volume: volume, mount: mount)
            }
            guard let text = map.value(key) else { return .unknowable(volume: volume) }
            return .configMapKey(map, key: key, text: text)
        case .secret(let name):
            return .secretKey(
                name: name, key: key(for: relative, in: volume) ?? relative, volume: volume)
        case .claim:
            return .claim(mount: mount)
        case .projected, .emptyDir, .hostPath, .other:
            return .unknowable(volume: volume)
        }
    }

    /// The key that the volume projects to a path; without `items` a key is its own path.
    private static func key(for path: String, in volume: Volume) -> String? {
        guard let items = volume.items else { return path }
        return items.first { $0.path == path }?.key
    }
}

extension MountedFile {
    /// The path of the one key that is there, when the wanted one is not.
    package var pathOfOnlyKey: String? {
        guard case .keyAbsent(let map, wanted: _, let volume, let mount) = self,
            map.keys.count == 1, volume.items == nil, mount.subPath == nil
        else { return nil }
        let directory = mount.path.value
        return directory + (directory.hasSuffix("/") ? "" : "/") + map.keys[0]
    }
}
