import Evidence
import KubernetesModel
import PipelineModel

/// Names of one string that lead to no object, all to the same one.
struct LostName {
    enum Fault: Hashable {
        case noNamespace, noService
        /// The Service is there, and the StatefulSet has another name.
        case noStatefulSet
    }

    let written: [WrittenName]
    let fault: Fault
    let target: RenamedTarget?
    /// Whether the cluster itself says so.
    let isSeen: Bool

    private struct Subject: Hashable {
        let writer: ObjectReference
        let use: WrittenName.Use
        let name: String

        init(_ written: WrittenName) {
            writer = written.writer
            use = written.use
            name = "\(written.name.statefulSet ?? "").\(written.name.stem)"
        }
    }

    /// - Parameter namespaces: those of the cluster; nil when they are not known.
    static func all(in view: ClusterView, namespaces: Set<String>?) -> [LostName] {
        guard view.isComplete(kind: "Service") else { return [] }
        let names = WrittenName.all(in: view)
        let used = Set(names.map { [$0.writer.description, $0.name.stem] })
        // By subject, for a hashring may name tens of thousands.
        var order: [Subject] = []
        var namesBySubject: [Subject: [WrittenName]] = [:]
        for name in names {
            let subject = Subject(name)
            if namesBySubject[subject] == nil { order.append(subject) }
            namesBySubject[subject, default: []].append(name)
        }
        var found: [LostName] = []
        for likewise in order.compactMap({ namesBySubject[$0] }) {
            guard let name = likewise.first else { continue }
            let lost = LostName(likewise, view, namespaces) { target in
                // What the same string also names rightly was not renamed away under it.
                let stem = target.replacement(for: name.name)?.new ?? ""
                return !used.contains([name.writer.description, stem])
            }
            if let lost { found.append(lost) }
        }
        return found
    }

    private init?(
        _ written: [WrittenName], _ view: ClusterView, _ namespaces: Set<String>?,
        where isFree: (RenamedTarget) -> Bool
    ) {
        guard let first = written.first else { return nil }
        let name = first.name
        let services = view.pipeline.services
        let targets = RenamedTarget.all(of: first, in: view.pipeline).filter(isFree)
        self.written = written
        // Two that fit are none.
        target = targets.count == 1 ? targets[0] : nil
        isSeen = view.isCluster
        // Without a namespace of its own an object goes where it is applied.
        let isThere = services.contains { service in
            service.object.name == name.service
                && service.namespace ?? name.namespace == name.namespace
        }
        if isThere {
            guard let group = target?.group, let set = name.statefulSet,
                group.workload.object.name != set, group.workload.namespace == name.namespace,
                view.isComplete(kind: "StatefulSet"),
                !view.objects.of(kind: "StatefulSet", named: set).contains(where: {
                    $0.namespace == name.namespace
                })
            else { return nil }
            fault = .noStatefulSet
            return
        }
        if view.isCluster {
            // Rights may reach as far as some namespaces only.
            let isLookedInto = services.contains { $0.namespace == name.namespace }
            let isAbsent = namespaces.map { !$0.contains(name.namespace) } ?? false
            guard isLookedInto || isAbsent else { return nil }
            fault = isAbsent && !isLookedInto ? .noNamespace : .noService
        } else {
            // A render may leave to others what it does not hold, but not what it has renamed.
            guard target != nil else { return nil }
            fault = .noService
        }
    }

    /// Whether somebody is bound to fail by it.
    var isCertain: Bool {
        guard let first = written.first, first.isDialled else { return false }
        switch first.use {
        case .hashring, .localEndpoint: return true
        case .agent: return isSeen
        case .query: return isSeen && target != nil
        }
    }
}
