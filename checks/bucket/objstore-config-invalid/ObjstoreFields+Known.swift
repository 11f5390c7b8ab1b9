import Diagnosis
import KubernetesModel
import MarkedYAML

extension ObjstoreFields {
    /// Unknown to every release up to v0.42; of a later one, or an unknown one, nothing is certain.
    func unknown(in mapping: Node, path: String, known: Set<String>) -> [ObjstoreFault] {
        let isKnown = version.map { $0 < Version(0, 43) } ?? false
        return mapping.entries.compactMap { entry in
            guard let name = entry.key.string, !known.contains(name) else { return nil }
            return fault(
                "\(path)\(name) is a field that Thanos does not know"
                    + (isKnown ? "" : ", as far as the image's version can be told"),
                at: entry.key, severity: isKnown ? nil : .warning,
                repair: "correct the name or the indentation of \(name), or remove it")
        }
    }

    func unknown(in config: Node) -> [ObjstoreFault] {
        let http = config["http_config"]
        let parts: [(Node?, String, Set<String>)] = [
            (config, "config.", Self.s3), (http, "config.http_config.", Self.http),
            (http?["tls_config"], "config.http_config.tls_config.", Self.tls),
            (config["trace"], "config.trace.", ["enable"]),
            (config["sse_config"], "config.sse_config.", Self.encryption),
        ]
        return parts.flatMap { node, path, known in
            node.map { unknown(in: $0, path: path, known: known) } ?? []
        }
    }

    static let booleans: Set = [
        "aws_sdk_auth", "insecure", "signature_version2", "disable_dualstack", "send_content_md5",
        "disable_multipart",
    ]
    private static let s3 = booleans.union([
        "bucket", "endpoint", "region", "access_key", "secret_key", "session_token",
        "put_user_metadata", "http_config", "trace", "list_objects_version", "bucket_lookup_type",
        "part_size", "sse_config", "sts_endpoint", "max_retries",
    ])
    private static let http: Set = [
        "idle_conn_timeout", "response_header_timeout", "insecure_skip_verify",
        "tls_handshake_timeout", "expect_continue_timeout", "max_idle_conns",
        "max_idle_conns_per_host", "max_conns_per_host", "tls_config", "disable_compression",
        "force_attempt_http2",
    ]
    private static let tls: Set = [
        "ca_file", "cert_file", "key_file", "server_name", "insecure_skip_verify",
    ]
    private static let encryption: Set = [
        "type", "kms_key_id", "kms_encryption_context", "encryption_key",
    ]
}
