import KubernetesModel
import MarkedYAML
import PipelineModel

/// A change to a field of a StatefulSet's spec that stays as it was made.
enum ImmovableChange: CaseIterable {
    case serviceName
    case podManagementPolicy
    case selector
    case claimNames
    case claimSettings

    /// Where a wanted spec differs from the live one.
    static func all(from live: Node, to wanted: Node) -> [ImmovableChange] {
        allCases.filter { $0.differs(wanted, live) }
    }

    var field: String {
        switch self {
        case .serviceName: "serviceName"
        case .podManagementPolicy: "podManagementPolicy"
        case .selector: "selector"
        case .claimNames, .claimSettings: "volumeClaimTemplates"
        }
    }

    /// Why the change must not be forced; nil where a StatefulSet that is made anew takes over
    /// pods and claims.
    var objection: String? {
        switch self {
        case .serviceName, .podManagementPolicy, .claimSettings: nil
        case .selector:
            "take the old selector back: a StatefulSet adopts no pods that its selector does not "
                + "match, and cannot make its own under names that are taken"
        case .claimNames:
            "give the claim templates their old names back: under a new one each pod gets an empty "
                + "volume, and what it has not uploaded stays behind"
        }
    }

    private func differs(_ wanted: Node, _ live: Node) -> Bool {
        switch self {
        case .serviceName:
            guard let name = wanted["serviceName"]?.string else { return false }
            return name != live["serviceName"]?.string ?? ""
        case .podManagementPolicy:
            guard let policy = wanted["podManagementPolicy"]?.string else { return false }
            return policy != live["podManagementPolicy"]?.string ?? "OrderedReady"
        case .selector:
            return wanted["selector"]?["matchLabels"].stringMap ?? [:]
                != live["selector"]?["matchLabels"].stringMap ?? [:]
        case .claimNames:
            return claimTemplates(wanted).map(\.name) != claimTemplates(live).map(\.name)
        case .claimSettings:
            return zip(claimTemplates(wanted), claimTemplates(live)).contains {
                $0.name == $1.name && $0.differs(from: $1)
            }
        }
    }
}

private func claimTemplates(_ spec: Node) -> [ClaimTemplate] {
    spec["volumeClaimTemplates"].items.map(ClaimTemplate.init)
}

/// What people state of a claim template; the rest is the API server's default.
private struct ClaimTemplate {
    let name: String?
    private let storage: Quantity?
    private let storageClass: String?
    private let accessModes: [String]

    init(_ node: Node) {
        name = node["metadata"]?["name"]?.string
        let spec = node["spec"]
        storage = storageSize(node)
        storageClass = spec?["storageClassName"]?.string
        accessModes = spec?["accessModes"].items.compactMap(\.string) ?? []
    }

    func differs(from live: ClaimTemplate) -> Bool {
        storage != live.storage || (storageClass != nil && storageClass != live.storageClass)
            || accessModes != live.accessModes
    }
}
