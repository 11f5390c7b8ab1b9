package import MarkedYAML

/// One path of an Ingress and the Service that it sends to.
package struct IngressRoute: Sendable {
    /// Nil where the rule takes every host.
    package let host: String?
    /// Nil for the default backend, which takes what no rule takes.
    package let path: Node?
    package let pathType: Node?
    package let service: Node
    /// The number or the name of the Service's port.
    package let port: Node?

    fileprivate init?(host: String?, path: Node?, backend: Node?) {
        guard let service = backend?["service"], let name = service["name"] else { return nil }
        self.host = host
        self.path = path?["path"]
        pathType = path?["pathType"]
        self.service = name
        port = service["port"]?["number"] ?? service["port"]?["name"]
    }

    /// The port of the Service that it names; nil when the Service has none such.
    package func port(of service: ServiceObject) -> ServiceObject.Port? {
        guard let port else { return nil }
        return service.ports.first { offered in
            port.int.map { offered.number == $0 } ?? (offered.name == port.string)
        }
    }

    /// Whether it takes requests to a path; nil where its class decides what its path means.
    ///
    /// Kubernetes' Ingress, path types: Prefix goes by whole elements of the path.
    package func takes(_ wanted: String) -> Bool? {
        guard let path = path?.string else { return true }
        switch pathType?.string {
        case "Exact": return path == wanted
        case "Prefix": return Self.elements(wanted).starts(with: Self.elements(path))
        case _: return path == wanted ? true : nil
        }
    }

    private static func elements(_ path: String) -> [Substring] { path.split(separator: "/") }
}

extension IngressObject {
    /// What its rules send where, in their order, and its default backend.
    package var routes: [IngressRoute] {
        let rules = object.spec?["rules"].items ?? []
        let ruled = rules.flatMap { rule in
            let host = rule["host"]?.string
            return (rule["http"]?["paths"].items ?? []).compactMap { path in
                IngressRoute(host: host, path: path, backend: path["backend"])
            }
        }
        return ruled
            + [IngressRoute(host: nil, path: nil, backend: object.spec?["defaultBackend"])]
            .compactMap(\.self)
    }

    /// Whether it speaks TLS for a host.
    package func hasTLS(for host: String) -> Bool {
        object.spec?["tls"].items.contains { entry in
            let hosts = entry["hosts"].items.compactMap(\.string)
            return hosts.isEmpty || hosts.contains(host)
        } ?? false
    }
}
