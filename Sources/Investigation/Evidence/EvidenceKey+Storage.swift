import KubernetesModel
package import PipelineModel

extension EvidenceKey where Value == [ReceiverGroup] {
    /// Receivers with the configuration of their bucket, which a Secret may hold.
    ///
    /// A Secret that was not read is a gap unless a pod runs with it: then Thanos has accepted it.
    package static var receiverStorage: EvidenceKey<[ReceiverGroup]> {
        EvidenceKey(
            "receiver-storage", resources: receivers.resources + [.secrets],
            sources: [.objectStore]
        ) { snapshot, view in
            switch receivers.read(snapshot, view) {
            case .missing(let missing): .missing(missing)
            case .known(let groups, gaps: let gaps):
                .known(groups, gaps: gaps + groups.compactMap(view.unreadStorage))
            }
        }
    }
}

extension ClusterView {
    fileprivate func unreadStorage(of group: ReceiverGroup) -> MissingEvidence? {
        guard isCluster, case .unread(let key) = group.objectStore,
            !group.pods.contains(where: \.isReady)
        else { return nil }
        let name = "secret \(key.secret) in \(key.namespace ?? "default")"
        return missingKinds["Secret"]
            ?? MissingEvidence(
                .unreachable, source: "cluster", "key \(key.key) of \(name) was not read")
    }
}
