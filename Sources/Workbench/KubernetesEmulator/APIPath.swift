/// What a request path of the API names.
enum APIPath: Sendable, Hashable {
    case version
    case health
    case coreVersions
    case groups
    case group(String)
    case resources(groupVersion: String)
    case resource(ResourcePath)
    case schemas
    case elsewhere

    /// A collection, an object, or something below one object.
    struct ResourcePath: Sendable, Hashable {
        var groupVersion: String
        var namespace: String?
        var plural: String
        var name: String?
        var subresource: String?
        /// What follows `proxy`, with its slash.
        var rest = ""
    }

    init(_ path: String) {
        let parts = path.split(separator: "/").map(String.init)
        switch parts.first {
        case "version" where parts.count == 1: self = .version
        case "healthz", "livez", "readyz": self = .health
        case "openapi" where parts == ["openapi", "v2"]: self = .schemas
        case "api": self = Self.api(parts, path)
        case "apis": self = Self.apis(parts, path)
        default: self = .elsewhere
        }
    }

    private static func api(_ parts: [String], _ path: String) -> APIPath {
        switch parts.count {
        case 1: .coreVersions
        case 2: parts[1] == "v1" ? .resources(groupVersion: "v1") : .elsewhere
        default:
            parts[1] == "v1"
                ? .resource(resource(parts.dropFirst(2), in: "v1", path)) : .elsewhere
        }
    }

    private static func apis(_ parts: [String], _ path: String) -> APIPath {
        switch parts.count {
        case 1: .groups
        case 2: .group(parts[1])
        case 3: .resources(groupVersion: "\(parts[1])/\(parts[2])")
        default: .resource(resource(parts.dropFirst(3), in: "\(parts[1])/\(parts[2])", path))
        }
    }

    private static func resource(
        _ parts: ArraySlice<String>, in groupVersion: String, _ path: String
    ) -> ResourcePath {
        var parts = parts
        var found = ResourcePath(groupVersion: groupVersion, plural: "")
        // `namespaces/NAME` alone is the object, with more behind it the place of the rest.
        if parts.first == "namespaces", parts.count > 2,
            !["finalize", "status"].contains(parts[parts.startIndex + 2])
        {
            found.namespace = parts[parts.startIndex + 1]
            parts = parts.dropFirst(2)
        }
        found.plural = parts.popFirst() ?? ""
        found.name = parts.popFirst()
        found.subresource = parts.popFirst()
        if found.subresource == "proxy" {
            found.rest = rest(of: path)
        }
        return found
    }

    /// Everything from the slash behind `/proxy` on, as it was written.
    private static func rest(of path: String) -> String {
        let marker = Array("/proxy".utf8)
        let bytes = Array(path.utf8)
        let last = bytes.count - marker.count
        guard last >= 0 else { return "" }
        let found = (0...last).first { index in
            let end = index + marker.count
            return bytes[index..<end].elementsEqual(marker)
                && (end == bytes.count || bytes[end] == UInt8(ascii: "/"))
        }
        return found.map { String(decoding: bytes[($0 + marker.count)...], as: UTF8.self) } ?? ""
    }
}
