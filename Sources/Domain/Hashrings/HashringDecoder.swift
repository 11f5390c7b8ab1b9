import MarkedYAML

/// Turns a JSON tree into rings with the outcomes of Go's `encoding/json` on Thanos' types.
///
/// A value of the wrong type is remembered and decoding goes on, so that the error of an
/// endpoint, which ends it, is the one that is told (`decodeState.saveError` in Go).
struct HashringDecoder {
    private var firstTypeError: HashringError?

    static func rings(in node: Node) throws(HashringError) -> [HashringSpec] {
        var decoder = HashringDecoder()
        let rings = try decoder.rings(in: node)
        if let error = decoder.firstTypeError { throw error }
        return rings
    }

    private mutating func rings(in node: Node) throws(HashringError) -> [HashringSpec] {
        switch node.jsonType {
        case .null: return []
        case .array: break
        case .object, .string, .number, .bool:
            report(node, context: nil, type: "[]receive.HashringConfig")
            return []
        }
        var rings: [HashringSpec] = []
        for item in node.items { rings.append(try ring(in: item)) }
        return rings
    }

    private mutating func ring(in node: Node) throws(HashringError) -> HashringSpec {
        if node.jsonType != .object, node.jsonType != .null {
            report(node, context: nil, type: "receive.HashringConfig")
        }
        let fields = GoFields(node)
        let name = text(fields["hashring"], "hashring")
        let tenants = texts(fields["tenants"], "tenants")
        let matcher = text(
            fields["tenant_matcher_type"], "tenant_matcher_type", type: "receive.tenantMatcher")
        let endpoints = try endpoints(fields["endpoints"])
        let algorithm = text(fields["algorithm"], "algorithm", type: "receive.HashringAlgorithm")
        return HashringSpec(
            name: name, tenants: tenants, matcher: TenantMatcher(matcher?.value ?? ""),
            endpoints: endpoints, algorithmText: algorithm,
            externalLabels: externalLabels(fields["external_labels"]),
            shuffleSharding: shuffleSharding(fields["shuffle_sharding_config"]),
            range: node.range)
    }

    private mutating func endpoints(_ node: Node?) throws(HashringError) -> [HashringEndpoint] {
        guard let items = array(node, "endpoints", type: "[]receive.Endpoint") else { return [] }
        var endpoints: [HashringEndpoint] = []
        for item in items { endpoints.append(try endpoint(item)) }
        return endpoints
    }

    /// `Endpoint.UnmarshalJSON` in Thanos: a string, or an object; null is an empty string.
    private func endpoint(_ node: Node) throws(HashringError) -> HashringEndpoint {
        var address = Marked(node.string ?? "", at: node.range)
        var az = ""
        var capnproto: String?
        switch node.jsonType {
        case .string: break
        case .null: address = Marked("", at: node.range)
        case .object:
            let fields = GoFields(node)
            address = try endpointText(fields["address"], "address") ?? Marked("", at: node.range)
            az = try endpointText(fields["az"], "az")?.value ?? ""
            capnproto = try endpointText(fields["capnproto_address"], "capnproto_address")?.value
        case .array, .number, .bool:
            throw typeError(node, context: "endpoints", type: "receive.endpointAlias")
        }
        guard !address.value.isEmpty else {
            throw HashringError(
                code: .addressMissing, message: "endpoint address must be set", range: node.range)
        }
        return HashringEndpoint(address: address, az: az, capnprotoAddress: capnproto)
    }

    private func endpointText(
        _ node: Node?, _ key: String
    ) throws(HashringError) -> Marked<String>? {
        guard let node, node.jsonType != .null else { return nil }
        guard node.jsonType == .string, let text = node.string else {
            throw typeError(node, context: "endpoints.\(key)", type: "string")
        }
        return Marked(text, at: node.range)
    }
}

extension HashringDecoder {
    private mutating func text(
        _ node: Node?, _ key: String, type: String = "string"
    ) -> Marked<String>? {
        guard let node, node.jsonType != .null else { return nil }
        guard node.jsonType == .string, let text = node.string else {
            report(node, context: key, type: type)
            return nil
        }
        return Marked(text, at: node.range)
    }

    private mutating func texts(_ node: Node?, _ key: String) -> [Marked<String>] {
        guard let items = array(node, key, type: "[]string") else { return [] }
        var texts: [Marked<String>] = []
        for item in items {
            // Go leaves the zero value where an element is null or of another type.
            texts.append(text(item, key) ?? Marked("", at: item.range))
        }
        return texts
    }

    private mutating func array(_ node: Node?, _ key: String, type: String) -> [Node]? {
        guard let node, node.jsonType != .null else { return nil }
        guard node.jsonType == .array else {
            report(node, context: key, type: type)
            return nil
        }
        return node.items
    }

    private mutating func externalLabels(_ node: Node?) -> [String: String] {
        guard let node, node.jsonType != .null else { return [:] }
        guard node.jsonType == .object else {
            report(node, context: "external_labels", type: "map[string]string")
            return [:]
        }
        var labels: [String: String] = [:]
        for (key, value) in node.entries {
            guard let key = key.string else { continue }
            labels[key] = text(value, "external_labels")?.value ?? ""
        }
        return labels
    }

    private mutating func shuffleSharding(_ node: Node?) -> ShuffleSharding? {
        guard let node, node.jsonType != .null else { return nil }
        guard node.jsonType == .object else {
            report(
                node, context: "shuffle_sharding_config", type: "receive.ShuffleShardingConfig")
            return nil
        }
        let fields = GoFields(node)
        var shardSize = Marked(0, at: node.range)
        if let size = fields["shard_size"], size.jsonType != .null {
            if size.jsonType == .number, let number = size.string.flatMap({ Int($0) }) {
                shardSize = Marked(number, at: size.range)
            } else {
                report(size, context: "shuffle_sharding_config.shard_size", type: "int")
            }
        }
        return ShuffleSharding(
            shardSize: shardSize,
            zoneAwarenessDisabled: fields["zone_awareness_disabled"]?.string == "true")
    }

    private mutating func report(_ node: Node, context: String?, type: String) {
        guard firstTypeError == nil else { return }
        firstTypeError = typeError(node, context: context, type: type)
    }

    /// The text of Go's `json.UnmarshalTypeError`.
    private func typeError(_ node: Node, context: String?, type: String) -> HashringError {
        let place = context.map { "Go struct field HashringConfig.\($0)" } ?? "Go value"
        return HashringError(
            code: .notParsable,
            message: "json: cannot unmarshal \(node.jsonType.rawValue) into \(place) "
                + "of type \(type)",
            range: node.range)
    }
}
