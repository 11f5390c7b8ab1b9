import KubernetesModel
package import MarkedYAML
import ReceiveFlags

extension ReceiverGroup {
    package var podSecurityContext: Node? { workload.podSpec?.securityContext }

    /// The group that Kubernetes gives the volume to; it stands at the pod, not the container.
    package var fsGroup: Node? {
        podSecurityContext?["fsGroup"].flatMap { $0.isNull ? nil : $0 }
    }

    /// The user that is stated; a container's statement outranks its pod's.
    package var runAsUser: Int? {
        container.securityContext?["runAsUser"]?.int ?? podSecurityContext?["runAsUser"]?.int
    }

    package var runAsGroup: Int? {
        container.securityContext?["runAsGroup"]?.int ?? podSecurityContext?["runAsGroup"]?.int
    }

    /// Whether it runs as root; nil when only the image knows and its version is not stated.
    package var runsAsRoot: Bool? {
        if let runAsUser { return runAsUser == 0 }
        let nonRoot =
            container.securityContext?["runAsNonRoot"]?.bool
            ?? podSecurityContext?["runAsNonRoot"]?.bool
        if nonRoot == true { return false }
        // The image's user is 1001 since v0.32.0, and was root before (thanos-io/thanos#6107).
        return version.map { $0 < Version(0, 32, 0) }
    }

    /// Whether an init container changes the owner or the mode of what lies on the TSDB's volume.
    package var preparesVolume: Bool {
        guard let volume = tsdbMount?.volume else { return false }
        return workload.podSpec?.initContainers.contains { prior in
            prior.mounts.contains { $0.volume == volume }
                && (prior.command + prior.arguments).contains {
                    $0.value.contains("chown") || $0.value.contains("chmod")
                }
        } ?? false
    }

    /// Whether the volume of the TSDB belongs to root and nothing gives it to the process.
    package var lacksVolumeRights: Bool {
        hasPersistentTSDB && fsGroup == nil && runsAsRoot != true && !preparesVolume && !isPatch
    }

    /// The user and group that the TSDB should belong to: the user's own numbers where there are
    /// some.
    package var tsdbOwner: Int {
        // 65534 is the user of kube-thanos' reference manifests; root's group helps nobody else.
        [runAsGroup, runAsUser].compactMap(\.self).first { $0 != 0 } ?? 65534
    }

    /// What is to be stated at the pod so that the volume belongs to the process.
    package var missingRights: [(field: String, value: String)] {
        var fields = [("fsGroup", "\(tsdbOwner)")]
        if runAsUser == nil { fields.append(("runAsUser", "\(tsdbOwner)")) }
        if podSecurityContext?["runAsNonRoot"] == nil { fields.append(("runAsNonRoot", "true")) }
        return fields
    }

    /// The patch that states them; nil where pods cannot be changed through a template.
    package var patchOfRights: String? {
        guard ["StatefulSet", "Deployment", "DaemonSet"].contains(workload.object.kind) else {
            return nil
        }
        let fields = missingRights.map { "\"\($0.field)\":\($0.value)" }.joined(separator: ",")
        return "{\"spec\":{\"template\":{\"spec\":{\"securityContext\":{\(fields)}}}}}"
    }

    /// Whether it is a patch of a manifest rather than a whole one: Kubernetes demands an image
    /// and a selector.
    package var isPatch: Bool {
        container.image == nil && workload.object.spec?["selector"] == nil
    }
}
