import Diagnosis
import KubernetesModel
import MarkedYAML
import PipelineModel
import ReceiveFlags

/// Where a TSDB lies that will not last.
struct TSDBPlace {
    enum Fault {
        /// The path holds quotes, which no shell takes away.
        case quotes
        /// Nothing is mounted over it.
        case container(hasClaim: Bool, isReadOnly: Bool)
        /// The mount names no volume of the pod.
        case noVolume(String)
        /// The volume goes with the pod.
        case scratch(String, inMemory: Bool)
        /// All pods write to one directory.
        case shared(claim: String, pods: Int)
    }

    let fault: Fault
    /// Where it stands, when not in the flag.
    private(set) var range: SourceRange?
    /// The path of the one claim that is mounted.
    private(set) var betterPath: String?
    /// Whether it is small enough to be an experiment: one receiver, no bucket, no claim.
    private let isLab: Bool

    init?(_ group: ReceiverGroup) {
        let path = group.flags.tsdbPath
        let claims = group.container.mounts.filter {
            group.workload.isPersistent(volume: $0.volume)
        }
        isLab =
            group.workload.replicas < 2 && claims.isEmpty && group.flags.objstoreConfig == nil
            && group.flags.objstoreConfigFile == nil
        if path.contains("\"") || path.contains("'") {
            fault = .quotes
            betterPath = path.filter { !"\"'".contains($0) }
            return
        }
        guard let mount = group.mount(over: path) else {
            fault = .container(hasClaim: !claims.isEmpty, isReadOnly: group.hasReadOnlyRoot)
            betterPath = claims.count == 1 ? claims.first?.path.value : nil
            return
        }
        range = mount.path.range
        let isTemplate = group.workload.claimTemplates.contains(mount.volume)
        guard let volume = group.workload.podSpec?.volume(named: mount.volume) else {
            guard !isTemplate, group.workload.object.kind != "Pod" else { return nil }
            fault = .noVolume(mount.volume)
            return
        }
        switch volume.source {
        case .emptyDir:
            fault = .scratch(
                volume.name, inMemory: volume.node["emptyDir"]?["medium"]?.string == "Memory")
        case .other where volume.node["ephemeral"] != nil:
            fault = .scratch(volume.name, inMemory: false)
        case .claim(let claim)
        where group.workload.replicas > 1 && mount.subPath?.contains("$") != true
            && !path.contains("$("):
            fault = .shared(claim: claim, pods: group.workload.replicas)
        case .claim, .configMap, .secret, .projected, .hostPath, .other:
            return nil
        }
    }

    /// Whether a volume in another manifest would mend it.
    var mayStandElsewhere: Bool {
        switch fault {
        case .quotes, .shared: false
        case .container, .noVolume, .scratch: true
        }
    }

    var severity: Severity? {
        switch fault {
        case .quotes, .noVolume, .shared, .container(hasClaim: true, isReadOnly: _),
            .container(hasClaim: _, isReadOnly: true):
            nil
        case .scratch: isLab ? .info : .warning
        case .container: isLab ? .info : nil
        }
    }
}
