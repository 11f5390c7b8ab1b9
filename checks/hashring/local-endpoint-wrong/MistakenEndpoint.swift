import Hashrings
import KubernetesModel
import MarkedYAML
import PipelineModel
import ReceiveFlags

/// A receiver that a ring names, and that does not recognise itself there.
struct MistakenEndpoint {
    let member: RingMember
    let pod: String
    /// What `--receive.local-endpoint` says in that pod; nil when it is not given.
    let own: String?

    /// All of a file, of the receivers that store and route by it.
    static func all(in file: RingFile) -> [MistakenEndpoint] {
        file.members.compactMap { member in
            let group = member.group
            guard file.readers.contains(where: { $0.reference == group.reference }),
                group.ordinals?.contains(member.ordinal) == true
            else { return nil }
            let pod = group.podName(member.ordinal)
            guard group.flags.localEndpoint != nil else {
                return MistakenEndpoint(member: member, pod: pod, own: nil)
            }
            // A name in the ring tells the namespace that a manifest may leave open.
            let namespace = group.workload.namespace ?? member.address.namespace
            guard isDialled(member),
                let own = group.localEndpoint(inPod: pod, namespace: namespace),
                !names(of: member).contains(own)
            else { return nil }
            return MistakenEndpoint(member: member, pod: pod, own: own)
        }
    }

    /// Whether the ring's own text leads to the pod: where it does not, that is the fault, and
    /// nothing goes round in circles.
    private static func isDialled(_ member: RingMember) -> Bool {
        let group = member.group
        let isNamed =
            member.address.service == nil || group.governingService == nil
            || member.address.service == group.governingService
        let isCapnproto = group.flags.forwardsByCapnproto
        return isNamed
            && (isCapnproto || group.grpcPort == nil || member.endpoint.port == group.grpcPort)
    }

    /// The texts by which a node knows itself: `HasAddress` in Thanos' pkg/receive/hashring.go.
    private static func names(of member: RingMember) -> [String] {
        let endpoint = member.endpoint
        // Before v0.37 there is no Cap'n Proto.
        if let version = member.group.version, version < Version(0, 37) {
            return [endpoint.address.value]
        }
        // Thanos completes an endpoint without Cap'n Proto address by its default port.
        let host = endpoint.address.value.prefix { $0 != ":" }
        return [endpoint.address.value, endpoint.capnprotoAddress ?? "\(host):19391"]
    }

    /// The text of the flag that makes every pod recognise itself, when one does for all of them.
    static func correction(of all: [MistakenEndpoint]) -> String? {
        let texts = Set(
            all.map { mistaken -> String? in
                guard let variable = mistaken.member.group.variable(of: "metadata.name") else {
                    return nil
                }
                let address = mistaken.member.endpoint.address.value
                guard address.hasPrefix(mistaken.pod) else { return nil }
                return "$(\(variable))" + address.dropFirst(mistaken.pod.count)
            })
        guard texts.count == 1, let text = texts.first else { return nil }
        return text
    }
}
