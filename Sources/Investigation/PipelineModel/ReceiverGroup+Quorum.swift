import KubernetesModel
import ReceiveFlags

extension ReceiverGroup {
    package var replicationFactor: Int { max(flags.replicationFactor ?? 1, 1) }

    /// How many copies must be written: `writeQuorum` in Thanos' pkg/receive/handler.go.
    package var quorum: Int {
        // Two copies need only one since v0.37.0.
        if replicationFactor == 2, (version ?? Version(0, 37)) >= Version(0, 37) { return 1 }
        return replicationFactor / 2 + 1
    }

    /// How many pods there ought to be.
    package var wantedPods: Int {
        // Pods that were evicted stay listed, and no longer belong to it.
        let lasting = pods.count { $0.phase != "Failed" && $0.phase != "Succeeded" }
        return workload.object.kind == "DaemonSet" ? lasting : max(workload.replicas, lasting)
    }

    /// Whether every write succeeds with the pods that are ready.
    ///
    /// With a ring, as many nodes may be missing as a series has copies to spare; without one,
    /// and where it only routes, each pod stands for itself.
    package var servesWrites: Bool {
        let ready = pods.count(where: \.isReady)
        if case .notConfigured = hashring { return ready > 0 }
        if flags.mode == .routerOnly { return ready > 0 }
        return wantedPods - ready <= replicationFactor - quorum
    }
}
