extension LogSignature {
    /// What Kubernetes and Cilium say.
    static let clusterTable = #"""
        @ l2-not-answering | cilium | likely | Cilium cannot hold the lease by which it announces the address
        ? cilium-l2announce && forbidden
        = level=error msg="leases cilium-l2announce-monitoring-thanos is forbidden"
        ? cilium-l2announce && throttling
        = level=warn msg="client-side throttling" name=cilium-l2announce-monitoring-thanos
        @ sts-update-blocked | kubernetes | certain | the StatefulSet's update is refused
        ? updates to statefulset spec for fields other than
        = Forbidden: updates to statefulset spec for fields other than 'replicas', 'template' are forbidden
        @ api-kind-not-served | kubernetes | certain | a kind is not served by this cluster
        ? no matches for kind
        = error: no matches for kind "CiliumL2AnnouncementPolicy" in version "cilium.io/v2"
        @ fsgroup-unsupported-volume | kubernetes | certain | the volume does not take the fsGroup
        ? applyFSGroup failed
        = Warning FailedMount MountVolume.SetUp failed: applyFSGroup failed for vol
        @ pod-start-blocked | kubernetes | likely | a pod cannot start
        ? FailedScheduling
        = Warning FailedScheduling 0/3 nodes are available
        ? FailedMount
        = Warning FailedMount MountVolume.SetUp failed: configmap not found
        ? ErrImagePull
        = Warning Failed Error: ErrImagePull
        ? CreateContainerConfigError
        = Warning Failed Error: CreateContainerConfigError

        """#
}
