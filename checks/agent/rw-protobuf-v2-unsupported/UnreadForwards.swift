import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel
import ReceiveFlags

/// A receiver that forwards in a form which a receiver of its ring does not read.
///
/// After v0.42 the series stand in a new field, by tenant: an older release finds none where it
/// looks, and answers that all is well (`WriteRequest` in Thanos' pkg/store/storepb/rpc.proto).
struct UnreadForwards {
    let sender: ReceiverGroup
    let reader: ReceiverGroup
    private let file: RingFile

    /// Nil when all are of one age, or when no release is stated.
    init?(_ file: RingFile, _ view: ClusterView) {
        guard !file.mayBeReplaced(in: view) else { return nil }
        let pairs = file.readers.filter { $0.isWhole(in: view) }.flatMap { sender in
            file.members.map(\.group).filter { $0.isWhole(in: view) }.map { (sender, $0) }
        }
        let unread = pairs.filter { sender, reader in
            Self.mayBeNew(sender) && Self.mayBeOld(reader)
                && (sender.version != nil || reader.version != nil)
        }
        let certain = unread.first { $0.0.version != nil && $0.1.version != nil }
        guard let (sender, reader) = certain ?? unread.first else { return nil }
        self.sender = sender
        self.reader = reader
        self.file = file
    }

    private static func mayBeNew(_ group: ReceiverGroup) -> Bool {
        group.version.map { $0 > .lastOfOldMessages } ?? true
    }

    private static func mayBeOld(_ group: ReceiverGroup) -> Bool {
        group.version.map { $0 <= .lastOfOldMessages } ?? true
    }

    func finding(_ view: ClusterView) -> Finding {
        let isKnown = sender.version != nil && reader.version != nil
        let release = { (group: ReceiverGroup) in
            group.version.map { "\($0)" } ?? "a release that is not stated"
        }
        return Finding(
            "\(sender.reference.name), of \(release(sender)), forwards to "
                + "\(reader.reference.name), of \(release(reader)): up to "
                + "\(Version.lastOfOldMessages) nothing is stored of what a newer release forwards",
            object: sender.reference, at: sender.imageRange, label: "forwards in the new form",
            severity: isKnown ? .warning : .info, confidence: isKnown ? .likely : .possible,
            alsoAt: [Place(reader.imageRange, "reads the old one")],
            evidence: [sender, reader].map { group in
                let image = group.container.image?.text ?? "not stated"
                return EvidenceItem(
                    view.objectSource, "\(group.reference): the image is \(image)",
                    command: view.kubectl(
                        "get \(group.reference.kind.lowercased()) \(group.reference.name) "
                            + "-o jsonpath='{.spec.template.spec.containers[*].image}'",
                        namespace: group.reference.namespace))
            },
            repair: Repair(text: "deploy one release on all receivers, the ingestors first"),
            about: file.participants)
    }
}

extension ReceiverGroup {
    fileprivate var imageRange: SourceRange {
        (container.node["image"] ?? container.node["name"] ?? container.node).range
    }
}
