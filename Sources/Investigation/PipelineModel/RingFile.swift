package import Hashrings
package import KubernetesModel
package import MarkedYAML
import ReceiveFlags

/// A hashring configuration with the receivers that route by it and those that it names.
package struct RingFile: Sendable {
    package let configuration: HashringConfiguration
    package let origin: HashringSource.Origin
    /// The receivers that route by it; there is at least one.
    package let readers: [ReceiverGroup]
    /// The endpoints that are pods of a StatefulSet among the evidence, in the order of the file.
    package let members: [RingMember]

    /// The configurations that could be read, in the order of their readers.
    package static func all(of receivers: [ReceiverGroup]) -> [RingFile] {
        receivers.byHashring.compactMap { readers in
            guard case .configured(let configuration, let origin)? = readers.first?.hashring else {
                return nil
            }
            return RingFile(
                configuration: configuration, origin: origin, readers: readers,
                members: RingMember.all(in: configuration, readers: readers, of: receivers))
        }
    }

    /// The ConfigMap that holds it; nil for one that stands in a flag.
    package var configMap: ObjectReference? {
        if case .configMap(let map, key: _) = origin { map } else { nil }
    }

    /// Where to point for something in the configuration: what stands in a flag has no place of
    /// its own.
    package func place(of range: SourceRange) -> SourceRange {
        switch origin {
        case .configMap: range
        case .flag: readers[0].range(ofFlag: "--receive.hashrings")
        }
    }

    /// Everything that takes part in routing by it: readers, members, their Services.
    package var participants: [ObjectReference] {
        let groups = readers + members.map(\.group)
        var seen: Set<ObjectReference> = []
        return
            (groups.map(\.reference) + groups.flatMap { $0.services.map(\.reference) }
            + (configMap.map { [$0] } ?? [])).filter { seen.insert($0).inserted }
    }
}

/// An endpoint of a ring that is a pod of a StatefulSet of receivers.
package struct RingMember: Sendable {
    /// Which ring of the file, from 0.
    package let ring: Int
    package let endpoint: HashringEndpoint
    package let address: PodAddress
    package let group: ReceiverGroup
    package let ordinal: Int

    static func all(
        in configuration: HashringConfiguration, readers: [ReceiverGroup],
        of receivers: [ReceiverGroup]
    ) -> [RingMember] {
        let sets = receivers.filter { $0.workload.object.kind == "StatefulSet" }
        let home = readers.first?.workload.namespace
        return configuration.rings.enumerated().flatMap { index, ring in
            ring.endpoints.compactMap { endpoint in
                guard let address = PodAddress(host: endpoint.host) else { return nil }
                for group in sets {
                    guard let ordinal = address.ordinal(in: group.workload.object.name),
                        group.isKnown(as: address, home: home)
                    else { continue }
                    return RingMember(
                        ring: index, endpoint: endpoint, address: address, group: group,
                        ordinal: ordinal)
                }
                return nil
            }
        }
    }
}

extension ReceiverGroup {
    /// Whether a name of one of its pods means this cluster and namespace, seen from `home`.
    fileprivate func isKnown(as address: PodAddress, home: String?) -> Bool {
        if let domain = address.domain, domain != "cluster.local" {
            // Another domain may be another cluster, unless it is the receiver's own.
            guard flags.localEndpoint?.contains(".svc.\(domain):") == true else { return false }
        }
        // `name.other` may as well be a Service in another namespace.
        if address.service != nil, address.namespace == nil, address.service != governingService {
            return false
        }
        guard let namespace = workload.namespace, let stated = address.namespace ?? home else {
            return true
        }
        return namespace == stated
    }
}
