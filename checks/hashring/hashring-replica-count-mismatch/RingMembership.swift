import Hashrings
import KubernetesModel
import MarkedYAML
import PipelineModel

/// The pods of one StatefulSet beside its endpoints in the hashrings.
struct RingMembership {
    let group: ReceiverGroup
    let ordinals: Range<Int>
    /// In the order of the files.
    let entries: [(file: RingFile, member: RingMember)]

    /// Those of which at least one pod is in a hashring.
    static func all(of receivers: [ReceiverGroup], in files: [RingFile]) -> [RingMembership] {
        receivers.compactMap { group in
            let entries = files.flatMap { file in
                file.members.filter { $0.group.reference == group.reference }.map { (file, $0) }
            }
            guard let ordinals = group.ordinals, !entries.isEmpty else { return nil }
            return RingMembership(group: group, ordinals: ordinals, entries: entries)
        }
    }

    /// Whether every endpoint of every receiver is known to be a pod: one by another name, or in a
    /// ring that could not be read, may be the one that seems to be missing.
    static func isWhole(_ files: [RingFile], of receivers: [ReceiverGroup]) -> Bool {
        let isRead = receivers.allSatisfy { group in
            switch group.hashring {
            case .configured, .notConfigured: true
            case .invalid, .unresolved: false
            }
        }
        return isRead
            && files.allSatisfy { file in
                file.members.count
                    == file.configuration.rings.reduce(0) { $0 + $1.endpoints.count }
            }
    }

    /// Endpoints behind which there is no pod.
    var withoutPod: [(file: RingFile, member: RingMember)] {
        entries.filter { !ordinals.contains($0.member.ordinal) }
    }

    /// Pods that no hashring names.
    var unlisted: [String] {
        let listed = Set(entries.map(\.member.ordinal))
        return ordinals.filter { !listed.contains($0) }.map(group.podName)
    }

    /// Endpoints that name a pod which an endpoint before them in the same ring names, too.
    var repeated: [(file: RingFile, member: RingMember)] {
        struct Entry: Hashable {
            let file: SourceRange
            let ring: Int
            let ordinal: Int
        }
        var seen: Set<Entry> = []
        return entries.filter { file, member in
            let entry = Entry(
                file: file.configuration.range, ring: member.ring, ordinal: member.ordinal)
            return !seen.insert(entry).inserted
        }
    }
}
