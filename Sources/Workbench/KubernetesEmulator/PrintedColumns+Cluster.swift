import MarkedYAML

extension PrintedColumns {
    static let configMap: [PrintedColumn] = [
        .name,
        PrintedColumn(name: "Data") { map, _ in
            .int((map["data"]?.members.count ?? 0) + (map["binaryData"]?.members.count ?? 0))
        },
        .age,
    ]

    static let secret: [PrintedColumn] = [
        .name,
        .text("Type") { $0.text("type") ?? "Opaque" },
        PrintedColumn(name: "Data") { secret, _ in .int(secret["data"]?.members.count ?? 0) },
        .age,
    ]

    static let namespace: [PrintedColumn] = [
        .name, .text("Status") { $0.at("status", "phase")?.asText ?? "" }, .age,
    ]

    static let event: [PrintedColumn] = [
        PrintedColumn(name: "Last Seen") { event, now in
            .string(seen(event, ["lastTimestamp", "eventTime", "firstTimestamp"], now))
        },
        .text("Type") { $0.text("type") ?? "" },
        .text("Reason") { $0.text("reason") ?? "" },
        .text("Object") { event in
            let kind = event.at("involvedObject", "kind")?.asText?.lowercased() ?? ""
            let name = event.at("involvedObject", "name")?.asText ?? ""
            return name.isEmpty ? kind : "\(kind)/\(name)"
        },
        .text("Subobject", wide: true) { $0.at("involvedObject", "fieldPath")?.asText ?? "" },
        .text("Source", wide: true) { event in
            let component =
                event.at("source", "component")?.asText
                ?? event.text("reportingComponent") ?? ""
            let host = event.at("source", "host")?.asText ?? event.text("reportingInstance") ?? ""
            return host.isEmpty ? component : "\(component), \(host)"
        },
        .text("Message") { event in
            String((event.text("message") ?? "").reversed().drop(while: \.isNewline).reversed())
        },
        PrintedColumn(name: "First Seen", priority: 1) { event, now in
            .string(seen(event, ["firstTimestamp", "eventTime"], now))
        },
        PrintedColumn(name: "Count", priority: 1) { event, _ in .int(event["count"]?.asInt ?? 1) },
        PrintedColumn(name: "Name", format: "name", priority: 1, cell: PrintedColumn.name.cell),
    ]

    /// The age of the first of some times that is there.
    private static func seen(_ event: JSONValue, _ members: [String], _ now: WallTime) -> String {
        Printed.age(members.lazy.compactMap { event[$0] }.first { $0.asText != nil }, now)
    }

    static let node: [PrintedColumn] = [
        .name,
        .text("Status") { node in
            let ready = node.list("status", "conditions").first { $0.text("type") == "Ready" }
            let status =
                ready.map { $0.text("status") == "True" ? "Ready" : "NotReady" } ?? "Unknown"
            let isClosed = node.at("spec", "unschedulable")?.asBool == true
            return isClosed ? "\(status),SchedulingDisabled" : status
        },
        .text("Roles") { node in
            let prefix = "node-role.kubernetes.io/"
            let names = (node.at("metadata", "labels")?.members ?? []).compactMap { label in
                label.name.hasPrefix(prefix) ? String(label.name.dropFirst(prefix.count)) : nil
            }
            return Printed.joined(names.filter { !$0.isEmpty }.sorted())
        },
        .age,
        .text("Version") { $0.at("status", "nodeInfo", "kubeletVersion")?.asText ?? "" },
        .text("Internal-IP", wide: true) { address(of: $0, "InternalIP") },
        .text("External-IP", wide: true) { address(of: $0, "ExternalIP") },
        .text("OS-Image", wide: true) { fact($0, "osImage") },
        .text("Kernel-Version", wide: true) { fact($0, "kernelVersion") },
        .text("Container-Runtime", wide: true) { fact($0, "containerRuntimeVersion") },
    ]

    private static func address(of node: JSONValue, _ type: String) -> String {
        node.list("status", "addresses").first { $0.text("type") == type }?.text("address")
            ?? Printed.none
    }

    private static func fact(_ node: JSONValue, _ name: String) -> String {
        let fact = node.at("status", "nodeInfo", name)?.asText ?? ""
        return fact.isEmpty ? "<unknown>" : fact
    }
}

// MARK: - Storage

extension PrintedColumns {
    static let claim: [PrintedColumn] = [
        .name,
        .text("Status") { claim in
            let isGoing = claim.at("metadata", "deletionTimestamp")?.asText != nil
            return isGoing ? "Terminating" : claim.at("status", "phase")?.asText ?? ""
        },
        .text("Volume") { $0.at("spec", "volumeName")?.asText ?? "" },
        .text("Capacity") { claim in
            guard claim.at("spec", "volumeName") != nil else { return "" }
            return claim.at("status", "capacity", "storage")?.asText ?? ""
        },
        .text("Access Modes") { claim in
            guard claim.at("spec", "volumeName") != nil else { return "" }
            return accessModes(claim.list("status", "accessModes"))
        },
        .text("StorageClass") { $0.at("spec", "storageClassName")?.asText ?? "" },
        .text("VolumeAttributesClass") {
            $0.at("spec", "volumeAttributesClassName")?.asText ?? "<unset>"
        },
        .age,
        .text("VolumeMode", wide: true) { $0.at("spec", "volumeMode")?.asText ?? "<unset>" },
    ]

    static let volume: [PrintedColumn] = [
        .name,
        .text("Capacity") { $0.at("spec", "capacity", "storage")?.asText ?? "" },
        .text("Access Modes") { accessModes($0.list("spec", "accessModes")) },
        .text("Reclaim Policy") { $0.at("spec", "persistentVolumeReclaimPolicy")?.asText ?? "" },
        .text("Status") { volume in
            let isGoing = volume.at("metadata", "deletionTimestamp")?.asText != nil
            return isGoing ? "Terminating" : volume.at("status", "phase")?.asText ?? ""
        },
        .text("Claim") { volume in
            guard let claim = volume.at("spec", "claimRef") else { return "" }
            return "\(claim.text("namespace") ?? "")/\(claim.text("name") ?? "")"
        },
        .text("StorageClass") { $0.at("spec", "storageClassName")?.asText ?? "" },
        .text("VolumeAttributesClass") {
            $0.at("spec", "volumeAttributesClassName")?.asText ?? "<unset>"
        },
        .text("Reason") { $0.at("status", "reason")?.asText ?? "" },
        .age,
        .text("VolumeMode", wide: true) { $0.at("spec", "volumeMode")?.asText ?? "<unset>" },
    ]

    static let storageClass: [PrintedColumn] = [
        PrintedColumn(name: "Name", format: "name") { storage, _ in
            let name = storage.at("metadata", "name")?.asText ?? ""
            let mark = "storageclass.kubernetes.io/is-default-class"
            let isDefault = storage.at("metadata", "annotations", mark)?.asText == "true"
            return .string(isDefault ? "\(name) (default)" : name)
        },
        .text("Provisioner") { $0.text("provisioner") ?? "" },
        .text("ReclaimPolicy") { $0.text("reclaimPolicy") ?? "Delete" },
        .text("VolumeBindingMode") { $0.text("volumeBindingMode") ?? "Immediate" },
        PrintedColumn(name: "AllowVolumeExpansion") { storage, _ in
            .bool(storage["allowVolumeExpansion"]?.asBool ?? false)
        },
        .age,
    ]

    /// `RWO,ROX`, in the printers' own order.
    private static func accessModes(_ modes: [JSONValue]) -> String {
        let present = Set(modes.compactMap(\.asText))
        let known = [
            ("ReadWriteOnce", "RWO"), ("ReadOnlyMany", "ROX"), ("ReadWriteMany", "RWX"),
            ("ReadWriteOncePod", "RWOP"),
        ]
        return known.filter { present.contains($0.0) }.map(\.1).joined(separator: ",")
    }
}
