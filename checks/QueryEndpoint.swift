import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel

/// One address that a Thanos Query is told to ask.
struct QueryEndpoint {
    /// How Thanos finds the addresses behind it (pkg/discovery/dns).
    enum Lookup {
        /// As it stands: one connection.
        case plain
        /// `dns+`: each address of the name.
        case addresses
        /// `dnssrv+` and `dnssrvnoa+`: each target of the SRV records of that port's name.
        case records(port: String)
    }

    let text: Marked<String>
    let lookup: Lookup
    /// The name without the labels of an SRV record.
    let host: String
    let port: Int?
    /// Whether gRPC balances between the addresses on purpose.
    let isGroup: Bool

    private static let flags = [
        "--endpoint", "--endpoint-strict", "--endpoint-group", "--endpoint-group-strict",
        "--store", "--store-strict",
    ]

    static func all(of query: ThanosComponent) -> [QueryEndpoint] {
        flags.flatMap { flag in
            query.values(of: flag).map { QueryEndpoint($0, isGroup: flag.contains("group")) }
        }
    }

    private init(_ text: Marked<String>, isGroup: Bool) {
        self.text = text
        self.isGroup = isGroup
        var rest = Substring(text.value)
        let prefix = ["dns+", "dnssrv+", "dnssrvnoa+"].first(where: rest.hasPrefix)
        rest = rest.dropFirst(prefix?.count ?? 0)
        if let colon = rest.lastIndex(of: ":"), let number = Int(rest[rest.index(after: colon)...])
        {
            port = number
            rest = rest[..<colon]
        } else {
            port = nil
        }
        let labels = rest.split(separator: ".").map(String.init)
        guard let prefix, prefix != "dns+" else {
            lookup = prefix == nil ? .plain : .addresses
            host = String(rest)
            return
        }
        let isRecord = labels.count > 2 && labels[0].hasPrefix("_") && labels[1].hasPrefix("_")
        lookup = .records(port: isRecord ? String(labels[0].dropFirst()) : "")
        host = isRecord ? labels.dropFirst(2).joined(separator: ".") : String(rest)
    }

    /// Whether the name or address is the Service's, or that of a pod below it.
    func names(_ service: ServiceObject, from namespace: String?) -> Bool {
        if (service.externalAddresses + service.clusterAddresses).contains(host) { return true }
        let name = service.object.name
        var names = service.clusterNames
        if service.namespace == nil || namespace == nil || service.namespace == namespace {
            names.append(name)
        }
        if names.contains(where: { host == $0 || host.hasSuffix(".\($0)") }) { return true }
        // Clusters may have another domain than cluster.local.
        let stem = service.namespace.map { "\(name).\($0).svc." } ?? "\(name)."
        return host.hasPrefix(stem) || host.contains(".\(stem)")
    }

    /// Whether the name is that of one pod.
    func namesPod(of service: ServiceObject) -> Bool {
        let name = service.object.name
        return host != name && !host.hasPrefix("\(name).") && host.contains(".\(name)")
    }
}

extension ThanosComponent {
    /// Whether it learns of more addresses than its arguments name.
    var findsEndpointsElsewhere: Bool {
        let discovery = ["--endpoint.sd-config", "--endpoint.sd-config-file", "--store.sd-files"]
        return discovery.contains(where: isGiven)
            || QueryEndpoint.all(of: self).contains { $0.text.value.contains("$") }
    }
}
