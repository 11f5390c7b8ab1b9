package import HTTPServing
import MarkedYAML

/// A request that came for a pod or a service through the API server's proxy.
package struct ProxiedRequest: Sendable {
    /// What the path names in front of `proxy`: `[scheme:]name[:port]`.
    package struct Address: Sendable, Hashable {
        package var scheme: String
        package var name: String
        /// A number or a port's name; empty for the first one.
        package var port: String

        init(_ text: String) {
            let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(
                String.init)
            switch parts.count {
            case 1: (scheme, name, port) = ("", parts[0], "")
            case 2: (scheme, name, port) = ("", parts[0], parts[1])
            default: (scheme, name, port) = (parts[0], parts[1], parts[2])
            }
        }
    }

    /// `pods` or `services`.
    package let resource: String
    package let namespace: String
    package let address: Address
    /// The pod's address, or that of one ready endpoint of the service.
    package let ip: String
    /// The port as a number, resolved where it was a name.
    package let port: Int
    /// What follows `proxy`, slash included.
    package let path: String
    package let request: ServedRequest
}

extension EmulatedAPIServer {
    func proxied(
        _ request: ResourceRequest, _ kind: ResourceKind, _ name: String, _ world: ClusterWorld
    ) async throws(APIStatus) -> ServedResponse {
        let address = ProxiedRequest.Address(name)
        let namespace = request.path.namespace
        guard let object = world.object(kind, namespace: namespace, name: address.name) else {
            throw .notFound(kind, address.name)
        }
        let backend = try Backend(of: object, port: address.port, in: world)
        if let proxy {
            let proxied = ProxiedRequest(
                resource: kind.plural, namespace: namespace ?? "", address: address,
                ip: backend.ip, port: backend.port, path: request.path.rest,
                request: request.request)
            if let response = await proxy(proxied) { return response }
        } else if backend.ip.hasPrefix("127.") {
            // The real one never dials its own loopback (`proxyutil.IsProxyableIP`).
            throw .badRequest("address not allowed")
        }
        throw APIStatus(
            503, "ServiceUnavailable",
            "error trying to reach service: dial tcp \(backend.ip):\(backend.port): "
                + "connect: connection refused")
    }
}

/// Where the proxy goes for a pod or a service.
private struct Backend {
    var ip: String
    var port: Int

    init(of object: StoredObject, port: String, in world: ClusterWorld) throws(APIStatus) {
        if object.kind.plural == "pods" {
            ip = object.value.at("status", "podIP")?.asText ?? ""
            let ports = object.value.list("spec", "containers").flatMap { $0.list("ports") }
            let named = ports.first { port.isEmpty || $0.text("name") == port }
            self.port = Int(port) ?? named?["containerPort"]?.asInt ?? 80
        } else {
            self = try Self.endpoint(of: object, port: port, in: world)
        }
    }

    private init(ip: String, port: Int) {
        self.ip = ip
        self.port = port
    }

    private static func endpoint(
        of service: StoredObject, port: String, in world: ClusterWorld
    ) throws(APIStatus) -> Backend {
        let declared = service.value.list("spec", "ports")
        let wanted = declared.first { entry in
            port.isEmpty || entry.text("name") == port || entry["port"]?.asInt == Int(port)
        }
        let slices = world.slices(of: service)
        // Without any slice the answer is about the service itself (recorded).
        guard !slices.isEmpty else { throw .notFound(service.kind, service.name) }
        for slice in slices {
            let ready = slice.list("endpoints").first {
                $0.at("conditions", "ready")?.asBool ?? true
            }
            guard let ip = ready?.list("addresses").first?.asText else { continue }
            let match = slice.list("ports").first { $0.text("name") == wanted?.text("name") }
            let number = (match ?? slice.list("ports").first)?["port"]?.asInt
            return Backend(ip: ip, port: number ?? wanted?["port"]?.asInt ?? 80)
        }
        throw APIStatus(
            503, "ServiceUnavailable", "no endpoints available for service \"\(service.name)\"")
    }
}

extension ClusterWorld {
    /// The endpoint slices that belong to a service.
    func slices(of service: StoredObject) -> [JSONValue] {
        guard let kind = catalogue.kind(plural: "endpointslices", in: "discovery.k8s.io/v1") else {
            return []
        }
        return list(kind, namespace: service.namespace)
            .filter { $0.labels["kubernetes.io/service-name"] == service.name }.map(\.value)
    }
}
