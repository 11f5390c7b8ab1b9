import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel
import ReceiveFlags

/// A workload that is told where its bucket is.
struct StorageUser {
    let reference: ObjectReference
    let workload: Workload
    let objectStore: ObjectStoreSource
    let pods: [Pod]
    let version: Version?
    let flagRange: SourceRange
    let isReceiver: Bool
    /// The Store Gateway and the Compactor cannot do without.
    let needsBucket: Bool

    private init(_ group: ReceiverGroup) {
        reference = group.reference
        workload = group.workload
        objectStore = group.objectStore
        pods = group.pods
        version = group.version
        flagRange = group.range(ofFlag: group.objstoreFlag)
        isReceiver = true
        needsBucket = false
    }

    private init(_ component: ThanosComponent) {
        reference = component.reference
        workload = component.workload
        objectStore = component.objectStore
        pods = component.pods
        version = component.version
        let flag = component.flags.last { $0.name.hasPrefix("--objstore.config") }
        let container = component.container.node
        flagRange = flag?.value.range ?? (container["name"] ?? container).range
        isReceiver = false
        needsBucket = [.store, .compact].contains(component.program)
    }

    /// Those who share a configuration together, receivers first: its faults are said once.
    static func byConfiguration(
        _ receivers: [ReceiverGroup], _ components: [ThanosComponent], _ view: ClusterView
    ) -> [[StorageUser]] {
        // A router alone does not read it; a patch is not the whole.
        let whole =
            receivers.filter { $0.flags.mode.stores && !$0.isPatch }.map(StorageUser.init)
            + components.filter { $0.container.image != nil }.map(StorageUser.init)
        var groups: [[StorageUser]] = []
        for user in whole where view.otherManifests(of: user.workload).isEmpty {
            let index = groups.firstIndex { group in
                user.key != nil && group.contains { $0.key == user.key }
            }
            if let index { groups[index].append(user) } else { groups.append([user]) }
        }
        return groups
    }

    /// The object and key that the configuration comes from.
    private var key: String? {
        switch objectStore {
        case .configured(_, from: let origin, documents: _), .invalid(_, at: _, from: let origin):
            switch origin {
            case .flag: nil
            case .configMap(let map, let key): "\(map) \(key)"
            case .secret(let key): Self.name(key)
            }
        case .unread(let key): Self.name(key)
        case .notConfigured, .unresolved, .foreign: nil
        }
    }

    private static func name(_ key: SecretKey) -> String {
        "Secret \(key.namespace ?? "")/\(key.secret) \(key.key)"
    }

    /// Where it comes from, as words behind a message.
    var origin: String { key.map { "it stands in \($0)" } ?? "it is named by the arguments" }
}
