import Evidence
import Hashrings
import KubernetesModel
import MarkedYAML
import PipelineModel
import ReceiveFlags

/// The nodes of a ring that take no writes, and what part of the series that costs.
struct RingOutage {
    let file: RingFile
    let ring: HashringSpec
    /// The receiver that routes by the ring and can spare the fewest nodes.
    let sender: ReceiverGroup
    let down: [DownNode]
    /// Series of which too few copies can be written, from 0 to 1.
    let share: Double
    /// The same without the nodes that may be back in a moment.
    let lastingShare: Double

    /// A node of the ring whose pod is not ready, or not there.
    struct DownNode {
        let member: RingMember
        let pod: ObjectReference
        /// What is known of it: `CrashLoopBackOff`.
        let state: String
        /// Whether it is more than a restart or a probe that is wrong.
        var isLasting: Bool
    }

    /// Nil while every series has enough nodes.
    ///
    /// - Parameter lostNodes: machines that are not ready; what runs there nobody knows.
    init?(
        of number: Int, in file: RingFile, sender: ReceiverGroup, lostNodes: Set<String>,
        now: Double
    ) {
        let ring = file.configuration.rings[number]
        let members = file.members.filter { $0.ring == number }
        let down = Self.down(members, lostNodes, now: now)
        let algorithm = HashringAlgorithm(rawValue: sender.flags.hashringsAlgorithm) ?? .hashmod
        guard !down.isEmpty, ring.activeShuffleSharding == nil,
            // A ring that cannot be built is a fault of its own.
            let built = try? Hashring(
                ring, flagAlgorithm: algorithm, replicationFactor: sender.replicationFactor)
        else { return nil }
        let spare = sender.replicationFactor - sender.quorum
        share = Self.share(of: built, without: down, spare: spare)
        guard share > 0 else { return nil }
        lastingShare = Self.share(of: built, without: down.filter(\.isLasting), spare: spare)
        self.file = file
        self.ring = ring
        self.sender = sender
        self.down = down
    }

    /// What part of the series has more copies on these nodes than it can spare, by a sample of
    /// hashes spread evenly over the circle and over the residues.
    private static func share(
        of ring: Hashring, without down: [DownNode], spare: Int
    ) -> Double {
        let names = Set(down.map(\.member.endpoint.address.value))
        let isDown = ring.endpoints.map { names.contains($0.address.value) }
        let samples: UInt64 = 5040
        let lost = (0..<samples).count { sample in
            let replicas = ring.replicas(forHash: sample &* 0x9E37_79B9_7F4A_7C15)
            return replicas.count { isDown[Int($0)] } > spare
        }
        return Double(lost) / Double(samples)
    }

    private static func down(
        _ members: [RingMember], _ lostNodes: Set<String>, now: Double
    ) -> [DownNode] {
        var nodes = members.compactMap { node($0, lostNodes, now: now) }
        // With OrderedReady a pod that is not there waits for the one before it.
        let stuck = Set(nodes.filter(\.isLasting).map(\.member.group.reference))
        for index in nodes.indices where stuck.contains(nodes[index].member.group.reference) {
            if nodes[index].state == absent { nodes[index].isLasting = true }
        }
        return nodes
    }

    private static let absent = "not there"

    private static func node(
        _ member: RingMember, _ lostNodes: Set<String>, now: Double
    ) -> DownNode? {
        let group = member.group
        let name = group.podName(member.ordinal)
        guard let pod = group.pods.first(where: { $0.name == name }) else {
            let reference = ObjectReference(
                kind: "Pod", namespace: group.reference.namespace, name: name)
            // One that is wanted may just be made anew.
            let isWanted = group.ordinals?.contains(member.ordinal) ?? true
            return DownNode(
                member: member, pod: reference, state: absent, isLasting: !isWanted)
        }
        guard !pod.isReady else { return nil }
        let isOverdue = (pod.notReadyFor(now: now) ?? 0) > patience
        if let host = pod.nodeName, lostNodes.contains(host) {
            return DownNode(
                member: member, pod: pod.reference, state: "on node \(host), which is not ready",
                isLasting: isOverdue)
        }
        let status = pod.containerStatuses.first { $0.name == group.container.name }
        guard !isServing(status, pod, group) else { return nil }
        let waiting = status?.waitingReason.flatMap { starting.contains($0) ? nil : $0 }
        return DownNode(
            member: member, pod: pod.reference, state: waiting ?? "not ready",
            isLasting: waiting != nil
                || isOverdue && !mayBeReached(status, group))
    }

    private static let starting = ["ContainerCreating", "PodInitializing"]
    /// Seconds that an ordinary restart may take.
    private static let patience = 120.0

    /// Whether peers may reach it all the same: the pod is not ready for the sake of a sidecar, or
    /// its Service publishes it while its process runs.
    private static func mayBeReached(_ status: ContainerStatus?, _ group: ReceiverGroup) -> Bool {
        guard let status, status.isRunning else { return false }
        return status.isReady || isPublished(group)
    }

    /// Whether the receiver takes writes of its peers, and its pod waits for a gate or a sidecar.
    ///
    /// The kubelet gives a reason then; without one the pod's node was lost.
    private static func isServing(
        _ status: ContainerStatus?, _ pod: Pod, _ group: ReceiverGroup
    ) -> Bool {
        status?.isReady == true && isPublished(group)
            && pod.readiness?["reason"]?.string?.isEmpty == false
    }

    /// Whether peers find the pods before they are ready.
    private static func isPublished(_ group: ReceiverGroup) -> Bool {
        group.services.contains {
            $0.object.name == group.governingService
                && $0.object.spec?["publishNotReadyAddresses"]?.bool == true
        }
    }
}

extension Pod {
    /// Seconds since it ceased to be ready; nil when that is not known.
    fileprivate func notReadyFor(now: Double) -> Double? {
        readiness?["lastTransitionTime"]?.string.flatMap(Timestamp.seconds(rfc3339:))
            .map { now - $0 }
    }
}
