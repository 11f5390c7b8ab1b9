import Diagnosis
import KubernetesModel
import MarkedYAML
import PipelineModel

/// The fields of a bucket's configuration, judged as Thanos' strict reader judges them.
///
/// `client.NewBucket` and `providers/s3` of thanos-io/objstore. Values are never told.
struct ObjstoreFields {
    let origin: ObjectStoreSource.Origin
    let version: Version?

    func faults(in root: Node) -> [ObjstoreFault] {
        let foreign = unknown(in: root, path: "", known: ["type", "config", "prefix"])
        let type = root["type"]?.string ?? ""
        guard !S3Settings.isPlaceholder(type) else { return foreign }
        guard Self.types.contains(type.uppercased()) else {
            return foreign + [
                fault(
                    type.isEmpty ? "type is missing" : "type is none that Thanos supports",
                    at: root["type"] ?? root, repair: "write type: S3")
            ]
        }
        guard type.uppercased() == "S3" else { return foreign }
        guard let config = root["config"], config.kind == .mapping else {
            return foreign + [
                fault(
                    "config is missing: no bucket and no endpoint", at: root["config"] ?? root,
                    repair: "write bucket and endpoint below config, indented")
            ]
        }
        return foreign + unknown(in: config) + address(config) + keys(config) + values(config)
    }

    private static let types: Set = [
        "S3", "GCS", "AZURE", "SWIFT", "COS", "ALIYUNOSS", "FILESYSTEM", "BOS", "OCI", "OBS",
    ]

    func fault(
        _ message: String, at node: Node?, severity: Severity? = nil, edits: [TextEdit?] = [],
        repair: String
    ) -> ObjstoreFault {
        ObjstoreFault(
            message: message, range: node.flatMap { ObjstoreFault.shown($0, origin) },
            severity: severity, edits: edits, repair: repair)
    }

    private func address(_ config: Node) -> [ObjstoreFault] {
        var faults: [ObjstoreFault] = []
        if (config["bucket"]?.string ?? "").isEmpty {
            faults.append(
                fault(
                    "config.bucket is empty: receivers start, and every upload fails",
                    at: config["bucket"] ?? config, severity: .error,
                    repair: "write the bucket's name into config.bucket"))
        }
        let endpoint = config["endpoint"]?.string ?? ""
        guard !S3Settings.isPlaceholder(endpoint) else { return faults }
        if endpoint.isEmpty {
            faults.append(
                fault(
                    "config.endpoint is missing", at: config["endpoint"] ?? config,
                    repair: "write the host and port of the store into config.endpoint"))
        } else if endpoint.dropLast(endpoint.hasSuffix("/") ? 1 : 0).contains("/"),
            let node = config["endpoint"]
        {
            let what = endpoint.contains("://") ? "a scheme" : "a path"
            faults.append(
                fault(
                    "config.endpoint has \(what), and Thanos takes a host and port only", at: node,
                    edits: bare(endpoint, node, config),
                    repair: "write config.endpoint as host:port, and insecure: true for plain HTTP")
            )
        }
        return faults
    }

    /// The scheme taken away, where `insecure` says the same.
    private func bare(_ endpoint: String, _ node: Node, _ config: Node) -> [TextEdit?] {
        guard let range = ObjstoreFault.shown(node, origin) else { return [] }
        let scheme = config["insecure"]?.bool == true ? "http://" : "https://"
        guard endpoint.hasPrefix(scheme) else { return [] }
        var host = endpoint.dropFirst(scheme.count)
        if host.hasSuffix("/") { host = host.dropLast() }
        guard !host.isEmpty, !host.contains("/") else { return [] }
        return [.replacing(endpoint, with: String(host), within: range)]
    }

    private func keys(_ config: Node) -> [ObjstoreFault] {
        let access = config["access_key"]?.string ?? ""
        let secret = config["secret_key"]?.string ?? ""
        if access.isEmpty != secret.isEmpty {
            let (given, missing) =
                access.isEmpty ? ("secret_key", "access_key") : ("access_key", "secret_key")
            return [
                fault(
                    "config.\(given) is given without config.\(missing)", at: config.key(given),
                    repair: "give both, or neither and let the environment or the role decide")
            ]
        }
        guard config["aws_sdk_auth"]?.bool == true, !access.isEmpty else { return [] }
        return [
            fault(
                "config.aws_sdk_auth and config.access_key exclude each other",
                at: config.key("aws_sdk_auth"), repair: "remove one of them")
        ]
    }

    private func values(_ config: Node) -> [ObjstoreFault] {
        let flags = Self.booleans.sorted().compactMap { name -> ObjstoreFault? in
            guard let node = config[name], let text = node.string, node.bool == nil,
                !S3Settings.isPlaceholder(text)
            else { return nil }
            return fault(
                "config.\(name) is not true or false", at: node,
                repair: "write config.\(name) as true or false, without quotes")
        }
        let choices: [(String, Set<String>)] = [
            ("bucket_lookup_type", ["", "auto", "path", "virtual-hosted"]),
            ("list_objects_version", ["", "v1", "v2"]),
        ]
        return flags
            + choices.compactMap { name, allowed in
                guard let node = config[name], let text = node.string, !allowed.contains(text),
                    !S3Settings.isPlaceholder(text)
                else { return nil }
                return fault(
                    "config.\(name) is none of the values that Thanos knows", at: node,
                    repair:
                        "write one of "
                        + allowed.filter { !$0.isEmpty }.sorted().joined(separator: ", ")
                )
            }
    }
}
