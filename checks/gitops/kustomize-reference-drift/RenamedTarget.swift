import KubernetesModel
import PipelineModel
import ReceiveFlags

/// The object that a lost name meant, under the name that kustomize gave it.
struct RenamedTarget {
    let service: ServiceObject
    /// The StatefulSet of the pods, where a pod is named.
    let group: ReceiverGroup?

    /// Everything that the written name may have become.
    static func all(of written: WrittenName, in pipeline: Pipeline) -> [RenamedTarget] {
        let name = written.name
        return pipeline.services.compactMap { service in
            guard let affix = Affix(from: name.service, to: service.object.name) else { return nil }
            guard name.pod == nil else {
                let group = pipeline.receivers.first { group in
                    isMade(group, of: written, by: affix, under: service)
                }
                return group.map { RenamedTarget(service: service, group: $0) }
            }
            let isAsked =
                !pipeline.receivers(behind: service.reference).isEmpty
                || pipeline.components.contains { component in
                    component.services.contains { $0.reference == service.reference }
                }
            return isAsked ? RenamedTarget(service: service, group: nil) : nil
        }
    }

    /// Whether the pods' StatefulSet went the same way as its Service, and keeps series: a router
    /// that is named after the ingestors is not one of them.
    private static func isMade(
        _ group: ReceiverGroup, of written: WrittenName, by affix: Affix,
        under service: ServiceObject
    ) -> Bool {
        let isOwn = written.use != .localEndpoint || group.reference == written.writer
        guard isOwn, group.flags.mode.stores, group.workload.namespace == service.namespace,
            group.governingService == service.object.name
        else { return false }
        if written.use == .localEndpoint { return true }
        guard let set = written.name.statefulSet else { return false }
        let name = group.workload.object.name
        // Only the StatefulSet was renamed, or both were in the same way.
        if service.object.name == written.name.service, service.namespace == written.name.namespace
        {
            return Affix(from: set, to: name) != nil
        }
        return name == affix.prefix + set + affix.suffix
    }

    /// What the name should say, with the pod only where that has changed too.
    func replacement(for name: ServiceName) -> (old: String, new: String)? {
        guard let namespace = service.namespace else { return nil }
        let stem = "\(service.object.name).\(namespace).svc"
        guard let group, let pod = name.pod, let set = name.statefulSet,
            set != group.workload.object.name
        else { return (name.stem, stem) }
        let number = pod.dropFirst(set.count)
        return ("\(pod).\(name.stem)", "\(group.workload.object.name)\(number).\(stem)")
    }

    var references: [ObjectReference] {
        [service.reference] + (group.map { [$0.reference] } ?? [])
    }
}
