/// A kind of object as the API addresses it: group, version and plural name.
package struct APIResource: Sendable, Hashable {
    /// Empty for the core group.
    package var group: String
    package var version: String
    /// Plural, lower case: `pods`.
    package var name: String
    package var isNamespaced: Bool

    package init(
        group: String = "", version: String = "v1", _ name: String, isNamespaced: Bool = true
    ) {
        self.group = group
        self.version = version
        self.name = name
        self.isNamespaced = isNamespaced
    }

    /// `v1`, `apps/v1`.
    package var groupVersion: String { group.isEmpty ? version : "\(group)/\(version)" }

    /// `/api/v1/namespaces/demo/pods/demo-0/log`; without a namespace, all namespaces.
    package func path(
        namespace: String? = nil, name object: String? = nil, subresource: String? = nil
    ) -> String {
        var path = group.isEmpty ? "/api/\(version)" : "/apis/\(group)/\(version)"
        if isNamespaced, let namespace { path += "/namespaces/\(namespace.percentEncoded)" }
        path += "/\(name)"
        if let object { path += "/\(object.percentEncoded)" }
        if let subresource { path += "/\(subresource)" }
        return path
    }
}

extension APIResource {
    package static let pods = APIResource("pods")
    package static let services = APIResource("services")
    package static let configMaps = APIResource("configmaps")
    package static let secrets = APIResource("secrets")
    package static let events = APIResource("events")
    package static let nodes = APIResource("nodes", isNamespaced: false)
    package static let namespaces = APIResource("namespaces", isNamespaced: false)
    package static let persistentVolumeClaims = APIResource("persistentvolumeclaims")
}

extension String {
    /// Everything but the unreserved characters of RFC 3986, section 2.3, escaped.
    var percentEncoded: String {
        let digits = Array("0123456789ABCDEF")
        return utf8.reduce(into: "") { text, byte in
            let scalar = Unicode.Scalar(byte)
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9", "-", ".", "_", "~":
                text.unicodeScalars.append(scalar)
            default:
                text.append("%")
                text.append(digits[Int(byte >> 4)])
                text.append(digits[Int(byte & 15)])
            }
        }
    }
}
