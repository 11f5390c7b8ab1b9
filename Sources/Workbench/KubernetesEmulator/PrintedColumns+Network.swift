import MarkedYAML

extension PrintedColumns {
    static let service: [PrintedColumn] = [
        .name,
        .text("Type") { $0.at("spec", "type")?.asText ?? "ClusterIP" },
        .text("Cluster-IP") { service in
            service.list("spec", "clusterIPs").first?.asText
                ?? service.at("spec", "clusterIP")?.asText ?? Printed.none
        },
        .text("External-IP") { externalAddress(of: $0) },
        .text("Port(s)") { service in
            Printed.joined(
                service.list("spec", "ports").map { port in
                    let node = Printed.int(port["nodePort"])
                    let number = Printed.int(port["port"])
                    let shown = node > 0 ? "\(number):\(node)" : "\(number)"
                    return "\(shown)/\(port.text("protocol") ?? "TCP")"
                })
        },
        .age,
        .text("Selector", wide: true) { Printed.labels($0.at("spec", "selector")) },
    ]

    private static func externalAddress(of service: JSONValue) -> String {
        let external = service.list("spec", "externalIPs").compactMap(\.asText)
        switch service.at("spec", "type")?.asText {
        case "ExternalName":
            return service.at("spec", "externalName")?.asText ?? Printed.none
        case "LoadBalancer":
            let all = balancerAddresses(of: service) + external
            return all.isEmpty ? "<pending>" : all.joined(separator: ",")
        default:
            return Printed.joined(external)
        }
    }

    private static func balancerAddresses(of object: JSONValue) -> [String] {
        let points = object.list("status", "loadBalancer", "ingress")
        return Set(points.compactMap { $0.text("ip") ?? $0.text("hostname") }).sorted()
    }

    static let ingress: [PrintedColumn] = [
        .name,
        .text("Class") { $0.at("spec", "ingressClassName")?.asText ?? Printed.none },
        .text("Hosts") { ingress in
            let hosts = ingress.list("spec", "rules").compactMap { $0.text("host") }
                .filter { !$0.isEmpty }
            guard !hosts.isEmpty else { return "*" }
            let shown = hosts.prefix(3).joined(separator: ",")
            return hosts.count > 3 ? "\(shown) + \(hosts.count - 3) more..." : shown
        },
        .text("Address") { balancerAddresses(of: $0).joined(separator: ",") },
        .text("Ports") { $0.list("spec", "tls").isEmpty ? "80" : "80, 443" },
        .age,
    ]

    static let ingressClass: [PrintedColumn] = [
        .name,
        .text("Controller") { $0.at("spec", "controller")?.asText ?? "" },
        .text("Parameters") { `class` in
            guard let parameters = `class`.at("spec", "parameters") else { return Printed.none }
            let kind = parameters.text("kind") ?? ""
            let group = parameters.text("apiGroup").map { ".\($0)" } ?? ""
            return "\(kind)\(group)/\(parameters.text("name") ?? "")"
        },
        .age,
    ]

    static let endpoints: [PrintedColumn] = [
        .name,
        .text("Endpoints") { endpoints in
            let all = endpoints.list("subsets").flatMap { subset in
                let ports = subset.list("ports").map { Printed.int($0["port"]) }
                return subset.list("addresses").flatMap { address in
                    let ip = address.text("ip") ?? ""
                    return ports.isEmpty ? [ip] : ports.map { "\(ip):\($0)" }
                }
            }
            return shortened(all, to: 3)
        },
        .age,
    ]

    static let endpointSlice: [PrintedColumn] = [
        .name,
        .text("AddressType") { $0.text("addressType") ?? "" },
        .text("Ports") { slice in
            let ports = slice.list("ports").map { port in
                port["port"]?.asInt.map { String($0) } ?? "*"
            }
            return ports.isEmpty ? "<unset>" : shortened(ports, to: 3)
        },
        .text("Endpoints") { slice in
            let addresses = slice.list("endpoints").flatMap { $0.list("addresses") }
            return addresses.isEmpty
                ? "<unset>" : shortened(addresses.compactMap(\.asText), to: 3)
        },
        .age,
    ]

    /// The first few, and how many more there are.
    private static func shortened(_ texts: [String], to count: Int) -> String {
        let shown = texts.prefix(count).joined(separator: ",")
        guard texts.count > count else { return texts.isEmpty ? Printed.none : shown }
        return "\(shown) + \(texts.count - count) more..."
    }
}
