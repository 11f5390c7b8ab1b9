import MarkedYAML

/// One object of the world, encoded once when it is stored.
struct StoredObject: Sendable {
    let kind: ResourceKind
    let namespace: String?
    let name: String
    let uid: String
    let resourceVersion: Int
    let value: JSONValue
    /// The whole object with `kind` and `apiVersion` in front.
    let encoded: [UInt8]
    /// `encoded` from here on, after an opening brace, is the object without the two.
    private let contentStart: Int
    /// The `metadata` alone.
    let encodedMetadata: [UInt8]

    /// The key in etcd below the resource's prefix, by which lists are ordered.
    let key: String

    init(_ object: JSONObject, kind: ResourceKind, resourceVersion: Int) {
        var content = object
        content["kind"] = nil
        content["apiVersion"] = nil
        var head: JSONObject = [
            "kind": .string(kind.kind), "apiVersion": .string(kind.groupVersion),
        ]
        let opening = JSONValue.object(head).compact.utf8.dropLast()
        head.members += content.members
        let metadata = object["metadata"] ?? [:]
        self.kind = kind
        let namespace = metadata.text("namespace")
        let name = metadata.text("name") ?? ""
        self.namespace = namespace
        self.name = name
        uid = metadata.text("uid") ?? ""
        self.resourceVersion = resourceVersion
        value = .object(head)
        let body = Array(JSONValue.object(content).compact.utf8.dropFirst())
        let separator = content.members.isEmpty ? [] : [UInt8(ascii: ",")]
        encoded = Array(opening) + separator + body
        contentStart = encoded.count - body.count
        encodedMetadata = Array(metadata.compact.utf8)
        key = namespace.map { "\($0)/\(name)" } ?? name
    }

    /// As an item of a list: built-in kinds leave out what the list's own kind says already.
    func appendItem(to bytes: inout [UInt8]) {
        guard !kind.isCustom else {
            bytes += encoded
            return
        }
        bytes.append(UInt8(ascii: "{"))
        bytes += encoded[contentStart...]
    }

    /// As `PartialObjectMetadata`.
    func appendMetadata(to bytes: inout [UInt8], version: String = "v1") {
        bytes +=
            "{\"kind\":\"PartialObjectMetadata\",\"apiVersion\":\"meta.k8s.io/\(version)\",".utf8
        bytes += "\"metadata\":".utf8
        bytes += encodedMetadata
        bytes.append(UInt8(ascii: "}"))
    }
}

extension JSONValue {
    /// The text of a member that is a string.
    func text(_ name: String) -> String? {
        self[name]?.asText
    }

    var asText: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    var asInt: Int? {
        switch self {
        case .int(let number): number
        case .double(let number): Int(exactly: number)
        case .null, .bool, .string, .array, .object: nil
        }
    }

    var asBool: Bool? {
        guard case .bool(let flag) = self else { return nil }
        return flag
    }

    /// The elements of an array; none of anything else.
    var elements: [JSONValue] {
        guard case .array(let elements) = self else { return [] }
        return elements
    }

    /// The members of an object; none of anything else.
    var members: [JSONObject.Member] {
        guard case .object(let object) = self else { return [] }
        return object.members
    }

    /// The value at the end of a path of names.
    func at(_ path: String...) -> JSONValue? {
        path.reduce(Optional(self)) { value, name in value?[name] }
    }

    /// The elements of an array at the end of a path.
    func list(_ path: String...) -> [JSONValue] {
        path.reduce(Optional(self)) { value, name in value?[name] }?.elements ?? []
    }
}
