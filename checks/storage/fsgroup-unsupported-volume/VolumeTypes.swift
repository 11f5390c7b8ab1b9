import KubernetesModel
import MarkedYAML
import PipelineModel

/// What is behind the claims of some receivers.
struct VolumeTypes {
    let claims: [KubernetesObject]
    let volumes: [KubernetesObject]
    let classes: [KubernetesObject]
    let drivers: [KubernetesObject]

    /// The volume of a group's TSDB, when it is of a type that does not take fsGroup.
    func volume(of group: ReceiverGroup, pod: Pod?) -> OwnerlessVolume? {
        guard let mount = group.tsdbMount else { return nil }
        if let stated = group.workload.podSpec?.volume(named: mount.volume),
            let found = OwnerlessVolume(source: stated.node)
        {
            return found
        }
        guard let pod else { return planned(group) }
        guard let claim = group.tsdbClaim(of: pod),
            let name = claims.first(where: { $0.reference == claim })?
                .spec?["volumeName"]?.string,
            let volume = volumes.first(where: { $0.name == name }), let spec = volume.spec
        else { return nil }
        var found = OwnerlessVolume(source: spec) ?? driven(by: spec["csi"])
        found?.objects = [claim, volume.reference]
        return found
    }

    /// What the class of the claim template says of volumes that are yet to come.
    private func planned(_ group: ReceiverGroup) -> OwnerlessVolume? {
        guard let named = group.tsdbClaimTemplate?["spec"]?["storageClassName"],
            let type = classes.first(where: { $0.name == named.string }),
            let provisioner = type.node["provisioner"]?.string, OwnerlessVolume.isNFS(provisioner)
        else { return nil }
        return OwnerlessVolume(
            name: "NFS (\(provisioner))", place: named.range, isNFS: true,
            objects: [type.reference])
    }

    private func driven(by source: Node?) -> OwnerlessVolume? {
        guard let driver = source?["driver"], let name = driver.string else { return nil }
        if OwnerlessVolume.isNFS(name) {
            return OwnerlessVolume(name: "NFS (\(name))", place: driver.range, isNFS: true)
        }
        let policy = drivers.first { $0.name == name }?.spec?["fsGroupPolicy"]?.string
        guard policy == "None" else { return nil }
        return OwnerlessVolume(name: "a volume of \(name), fsGroupPolicy None", place: driver.range)
    }
}

/// A volume whose owner the kubelet does not change.
struct OwnerlessVolume {
    let name: String
    let place: SourceRange
    var isNFS = false
    /// Whether the kubelet makes its directory, which then belongs to root.
    var isMadeByRoot = false
    var objects: [ObjectReference] = []

    static func isNFS(_ driver: String) -> Bool {
        driver.split(whereSeparator: { ".-/".contains($0) }).contains("nfs")
            || driver == "efs.csi.aws.com"
    }
}

extension OwnerlessVolume {
    /// Reads the `hostPath` or `nfs` of a pod's volume or of a PersistentVolume.
    init?(source: Node) {
        if let path = source["hostPath"], let key = source.key("hostPath") {
            self.init(
                name: "the hostPath \(path["path"]?.string ?? "")", place: key.range,
                isMadeByRoot: path["type"]?.string == "DirectoryOrCreate")
        } else if let export = source["nfs"], let key = source.key("nfs") {
            self.init(
                name: "NFS (\(export["server"]?.string ?? "")\(export["path"]?.string ?? ""))",
                place: key.range, isNFS: true)
        } else {
            return nil
        }
    }
}
