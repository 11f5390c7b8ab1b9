/// The kinds an API server serves, in the order in which discovery lists them.
package struct ResourceCatalogue: Sendable {
    private(set) var kinds: [ResourceKind]
    private var byPath: [String: Int] = [:]
    private var byKind: [String: Int] = [:]

    /// Everything we know; custom groups only when named, or all of them for nil.
    package init(customGroups: Set<String>? = nil) {
        kinds = []
        for kind in Self.known where !kind.isCustom || customGroups?.contains(kind.group) ?? true {
            append(kind)
        }
    }

    mutating func append(_ kind: ResourceKind) {
        byPath["\(kind.groupVersion)/\(kind.plural)"] = kinds.count
        byKind["\(kind.groupVersion)/\(kind.kind)"] = kinds.count
        kinds.append(kind)
    }

    func kind(plural: String, in groupVersion: String) -> ResourceKind? {
        byPath["\(groupVersion)/\(plural)"].map { kinds[$0] }
    }

    func kind(named kind: String, in groupVersion: String) -> ResourceKind? {
        byKind["\(groupVersion)/\(kind)"].map { kinds[$0] }
    }

    func kinds(in groupVersion: String) -> [ResourceKind] {
        kinds.filter { $0.groupVersion == groupVersion }
    }

    /// Group names in order of priority, without the core group, each with its versions.
    var groups: [(name: String, versions: [String])] {
        var groups: [(name: String, versions: [String])] = []
        for kind in kinds where !kind.group.isEmpty {
            if let index = groups.firstIndex(where: { $0.name == kind.group }) {
                if !groups[index].versions.contains(kind.version) {
                    groups[index].versions.append(kind.version)
                }
            } else {
                groups.append((kind.group, [kind.version]))
            }
        }
        return groups
    }

    static let known: [ResourceKind] = {
        var kinds: [ResourceKind] = []
        var groupVersion = (group: "", version: "v1")
        for line in (builtInTable + "\n" + customTable).split(separator: "\n") {
            if line.hasPrefix("= ") {
                let parts = line.dropFirst(2).split(separator: "/").map(String.init)
                groupVersion =
                    parts.count > 1 ? (parts[0], parts[1]) : ("", parts.first ?? "v1")
            } else if let subresource = ResourceKind.Subresource(line: line) {
                kinds[kinds.count - 1].subresources.append(subresource)
            } else if let kind = ResourceKind(
                line: line, group: groupVersion.group, version: groupVersion.version)
            {
                kinds.append(kind)
            }
        }
        return kinds
    }()
}
