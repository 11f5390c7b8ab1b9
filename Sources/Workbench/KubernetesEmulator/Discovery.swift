import HTTPServing
import MarkedYAML

/// What the API server says about itself and what it serves.
struct Discovery: Sendable {
    let world: ClusterWorld

    private var catalogue: ResourceCatalogue { world.catalogue }

    func answer(_ request: ServedRequest, _ path: APIPath) throws(APIStatus) -> ServedResponse {
        switch path {
        case .version: return .json(Self.version)
        case .health: return .text("ok")
        case .coreVersions: return try root(request, Self.coreVersions, groups: [""])
        case .groups: return try root(request, groupList, groups: catalogue.groups.map(\.name))
        case .group(let name):
            guard let group = catalogue.groups.first(where: { $0.name == name }) else {
                return .pageNotFound
            }
            return .json(Self.document("APIGroup", Self.groupEntry(group)))
        case .resources(let groupVersion):
            guard !catalogue.kinds(in: groupVersion).isEmpty else { return .pageNotFound }
            return .json(resourceList(groupVersion))
        case .schemas: return Self.schemas
        case .resource, .elsewhere:
            return request.path == "/"
                ? .json(["paths": .array(Access.discoveryPaths.map { .string($0) })])
                : .pageNotFound
        }
    }

    /// `/api` and `/apis` answer with the whole of discovery to clients that know that form.
    private func root(
        _ request: ServedRequest, _ plain: JSONValue, groups: [String]
    ) throws(APIStatus) -> ServedResponse {
        let form = AcceptedForm.negotiated(request.headers["Accept"]) {
            $0 == .object || $0 == .aggregatedDiscovery
        }
        guard let form else { throw .notAcceptable }
        guard form.shape == .aggregatedDiscovery else { return .json(plain) }
        var response = ServedResponse.json(aggregated(groups))
        response.headers = [
            ("Cache-Control", "public"),
            (
                "Content-Type",
                "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList"
            ),
        ]
        return response
    }

    /// A document without definitions, in the form that kubectl asks for: it lets kinds that it
    /// does not find pass (`SchemaValidation` in kubectl's pkg/validation).
    ///
    /// Fields of gnostic's openapi.v2.Document: 1 is `swagger`, 2 is `info` with 1 `title` and
    /// 2 `version`.
    private static let schemas = {
        let info = field(1, Array("Kubernetes".utf8)) + field(2, Array("unversioned".utf8))
        return ServedResponse.raw(
            field(1, Array("2.0".utf8)) + field(2, info),
            type: "application/com.github.proto-openapi.spec.v2.v1.0+protobuf")
    }()

    /// A length-delimited field of protobuf, shorter than 128 bytes.
    private static func field(_ number: UInt8, _ bytes: [UInt8]) -> [UInt8] {
        [number << 3 | 2, UInt8(bytes.count)] + bytes
    }

    private static let version: JSONValue = [
        "major": "1", "minor": "36", "emulationMajor": "1", "emulationMinor": "36",
        "minCompatibilityMajor": "1", "minCompatibilityMinor": "35",
        "gitVersion": "v1.36.0", "gitCommit": "0000000000000000000000000000000000000000",
        "gitTreeState": "clean", "buildDate": "2026-04-22T00:00:00Z", "goVersion": "go1.27.3",
        "compiler": "gc", "platform": "linux/amd64",
    ]

    private static let coreVersions: JSONValue = [
        "kind": "APIVersions", "versions": ["v1"],
        "serverAddressByClientCIDRs": [
            ["clientCIDR": "0.0.0.0/0", "serverAddress": "127.0.0.1:6443"]
        ],
    ]

    private var groupList: JSONValue {
        [
            "kind": "APIGroupList", "apiVersion": "v1",
            "groups": .array(catalogue.groups.map { .object(Self.groupEntry($0)) }),
        ]
    }

    private static func groupEntry(_ group: (name: String, versions: [String])) -> JSONObject {
        let versions: [JSONValue] = group.versions.map { version in
            [
                "groupVersion": .string("\(group.name)/\(version)"),
                "version": .string(version),
            ]
        }
        return [
            "name": .string(group.name), "versions": .array(versions),
            "preferredVersion": versions.first ?? .null,
        ]
    }

    private static func document(_ kind: String, _ content: JSONObject) -> JSONValue {
        var object: JSONObject = ["kind": .string(kind), "apiVersion": "v1"]
        object.members += content.members
        return .object(object)
    }
}

extension Discovery {
    private func resourceList(_ groupVersion: String) -> JSONValue {
        let resources = catalogue.kinds(in: groupVersion).flatMap { kind in
            [Self.entry(kind)] + kind.subresources.map { Self.entry($0, of: kind) }
        }
        // The core list has no apiVersion of its own (recorded).
        var object: JSONObject = ["kind": "APIResourceList"]
        if groupVersion.contains("/") { object["apiVersion"] = "v1" }
        object["groupVersion"] = .string(groupVersion)
        object["resources"] = .array(resources)
        return .object(object)
    }

    private static func entry(_ kind: ResourceKind) -> JSONValue {
        var entry: JSONObject = [
            "name": .string(kind.plural), "singularName": .string(kind.singular),
            "namespaced": .bool(kind.isNamespaced), "kind": .string(kind.kind),
            "verbs": strings(kind.verbs),
        ]
        addNames(of: kind, to: &entry)
        entry["storageVersionHash"] = kind.storageVersionHash.map { .string($0) }
        return .object(entry)
    }

    private static func entry(
        _ subresource: ResourceKind.Subresource, of kind: ResourceKind
    ) -> JSONValue {
        var entry: JSONObject = [
            "name": .string("\(kind.plural)/\(subresource.name)"), "singularName": "",
            "namespaced": .bool(kind.isNamespaced),
        ]
        if let parts = subresource.groupVersion?.split(separator: "/"), parts.count == 2 {
            entry["group"] = .string(String(parts[0]))
            entry["version"] = .string(String(parts[1]))
        }
        entry["kind"] = .string(subresource.kind)
        entry["verbs"] = strings(subresource.verbs)
        return .object(entry)
    }

    private func aggregated(_ groups: [String]) -> JSONValue {
        let items: [JSONValue] = groups.map { name in
            let versions =
                name.isEmpty
                ? ["v1"] : catalogue.groups.first { $0.name == name }?.versions ?? []
            let entries = versions.map { aggregated($0, group: name) }
            let metadata: JSONValue = name.isEmpty ? [:] : ["name": .string(name)]
            return ["metadata": metadata, "versions": .array(entries)]
        }
        return [
            "kind": "APIGroupDiscoveryList", "apiVersion": "apidiscovery.k8s.io/v2",
            "metadata": [:], "items": .array(items),
        ]
    }

    private func aggregated(_ version: String, group: String) -> JSONValue {
        let groupVersion = group.isEmpty ? version : "\(group)/\(version)"
        let resources: [JSONValue] = catalogue.kinds(in: groupVersion).map { kind in
            var entry: JSONObject = [
                "resource": .string(kind.plural),
                "responseKind": Self.responseKind(kind.kind, of: kind, groupVersion: nil),
                "scope": kind.isNamespaced ? "Namespaced" : "Cluster",
                "singularResource": .string(kind.singular), "verbs": Self.strings(kind.verbs),
            ]
            Self.addNames(of: kind, to: &entry)
            if !kind.subresources.isEmpty {
                entry["subresources"] = .array(
                    kind.subresources.map { subresource in
                        [
                            "subresource": .string(subresource.name),
                            "responseKind": Self.responseKind(
                                subresource.kind, of: kind, groupVersion: subresource.groupVersion),
                            "verbs": Self.strings(subresource.verbs),
                        ]
                    })
            }
            return .object(entry)
        }
        return [
            "version": .string(version), "resources": .array(resources), "freshness": "Current",
        ]
    }

    /// Built-in groups leave group and version empty, which means the ones around them; custom
    /// ones name them (`convertToDiscovery` of apiextensions).
    private static func responseKind(
        _ name: String, of kind: ResourceKind, groupVersion: String?
    ) -> JSONValue {
        let parts = (groupVersion ?? "").split(separator: "/").map(String.init)
        let group = parts.count == 2 ? parts[0] : kind.isCustom ? kind.group : ""
        let version = parts.count == 2 ? parts[1] : kind.isCustom ? kind.version : ""
        return ["group": .string(group), "version": .string(version), "kind": .string(name)]
    }

    private static func addNames(of kind: ResourceKind, to entry: inout JSONObject) {
        if !kind.shortNames.isEmpty { entry["shortNames"] = strings(kind.shortNames) }
        if !kind.categories.isEmpty { entry["categories"] = strings(kind.categories) }
    }

    private static func strings(_ texts: [String]) -> JSONValue {
        .array(texts.map { .string($0) })
    }
}
