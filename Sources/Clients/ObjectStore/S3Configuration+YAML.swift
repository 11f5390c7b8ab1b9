import MarkedYAML

extension S3Configuration {
    /// Reads `config`, strictly; throws in the words of Thanos' `s3.NewBucket`.
    init(_ config: Node?) throws(ObjectStoreError) {
        let lines = RemarshalledLines(config)
        let problems = StrictProblems(line: lines.line)
        var mapping = StrictMapping(config, type: "s3.Config", problems: problems)
        let usesSDK = mapping.bool("aws_sdk_auth")
        let secret = (mapping.string("access_key"), mapping.string("secret_key"))
        let encryption = ServerSideEncryption(&mapping)
        bucket = mapping.string("bucket")
        endpoint = try Endpoint(&mapping)
        credentials = S3Credentials(
            accessKey: secret.0, secretKey: secret.1, sessionToken: mapping.string("session_token"))
        uploads = Uploads(&mapping)
        connection = try Connection(&mapping)
        maxRetries = mapping.int("max_retries", default: 0)
        let listVersion = mapping.string("list_objects_version")
        Self.skipWhatHasNoEffect(&mapping)
        mapping.finish()
        if let error = problems.error { throw error }

        try endpoint.requireAddress()
        try Self.require(secret, usesSDK: usesSDK)
        if secret.0.isEmpty { credentials = nil }
        try endpoint.requirePlainAddress()
        uploads.headers.merge(try encryption.headers()) { $1 }
        guard ["", "v1", "v2"].contains(listVersion) else {
            throw ObjectStoreError(
                .configuration,
                "Initialize s3 client list objects version: Unsupported version "
                    + "\(listVersion.debugDescription) was provided. Supported values are v1, v2")
        }
    }

    private static func require(
        _ secret: (access: String, secret: String), usesSDK: Bool
    ) throws(ObjectStoreError) {
        let choice =
            "either both should be present in config or envvars/IAM should be used."
        if usesSDK, !secret.access.isEmpty {
            throw ObjectStoreError(
                .configuration,
                "aws_sdk_auth and access_key are mutually exclusive configurations")
        }
        if secret.access.isEmpty != secret.secret.isEmpty {
            let (missing, present) =
                secret.access.isEmpty ? ("access_key", "secret_key") : ("secret_key", "access_key")
            throw ObjectStoreError(
                .configuration,
                "no s3 \(missing) specified while \(present) is present in config file; \(choice)")
        }
    }

    /// Known to Thanos; nothing here depends on them.
    private static func skipWhatHasNoEffect(_ mapping: inout StrictMapping) {
        _ = mapping.bool("signature_version2")
        _ = mapping.string("sts_endpoint")
        var trace = mapping.mapping("trace", type: "s3.TraceConfig")
        _ = trace.bool("enable")
        trace.finish()
    }
}

extension S3Configuration.Endpoint {
    fileprivate init(_ mapping: inout StrictMapping) throws(ObjectStoreError) {
        address = mapping.string("endpoint")
        isInsecure = mapping.bool("insecure")
        region = mapping.string("region")
        isDualStackDisabled = mapping.bool("disable_dualstack")
        let name = mapping.string("bucket_lookup_type")
        guard let lookup = name.isEmpty ? .auto : Lookup(rawValue: name) else {
            throw ObjectStoreError(.configuration, "unsupported bucket lookup type: \(name)")
        }
        self.lookup = lookup
    }

    fileprivate func requireAddress() throws(ObjectStoreError) {
        guard address.isEmpty else { return }
        throw ObjectStoreError(.configuration, "no s3 endpoint in config file")
    }

    /// minio-go's `isValidEndpointURL`.
    fileprivate func requirePlainAddress() throws(ObjectStoreError) {
        let wrap = "initialize s3 client"
        guard !address.dropLast(address.hasSuffix("/") ? 1 : 0).contains("/") else {
            throw ObjectStoreError(
                .configuration, "Endpoint url cannot have fully qualified paths."
            ).wrapped(wrap)
        }
        let isPlain = address.utf8.allSatisfy {
            $0 > 0x20 && $0 < 0x7F && !"!#$%^&*()+={}\\|?<>@'\"`,;~".utf8.contains($0)
        }
        guard isPlain else {
            throw ObjectStoreError(
                .configuration,
                "Endpoint: \(address) does not follow ip address or domain name standards."
            ).wrapped(wrap)
        }
    }
}

extension S3Configuration.Uploads {
    fileprivate init(_ mapping: inout StrictMapping) {
        partSize = mapping.int("part_size", default: 64 << 20, type: "uint64")
        isMultipartDisabled = mapping.bool("disable_multipart")
        sendsContentMD5 = mapping.bool("send_content_md5", default: true)
        let metadata = mapping.strings("put_user_metadata").map { name, value in
            // minio-go passes what S3 itself understands, and marks the rest as the user's.
            let isOfS3 = name.lowercased().hasPrefix("x-amz-")
            return (isOfS3 ? name : "x-amz-meta-\(name)", value)
        }
        headers = Dictionary(metadata) { $1 }
    }
}

extension S3Configuration.Connection {
    fileprivate init(_ mapping: inout StrictMapping) throws(ObjectStoreError) {
        var http = mapping.mapping("http_config", type: "exthttp.HTTPConfig")
        responseHeaderTimeout = try Self.duration(
            "response_header_timeout", in: &http, default: .seconds(120))
        tlsHandshakeTimeout = try Self.duration(
            "tls_handshake_timeout", in: &http, default: .seconds(10))
        skipsVerification = http.bool("insecure_skip_verify")
        for key in ["idle_conn_timeout", "expect_continue_timeout"] {
            _ = try Self.duration(key, in: &http, default: .zero)
        }
        for key in ["max_idle_conns", "max_idle_conns_per_host", "max_conns_per_host"] {
            _ = http.int(key, default: 0)
        }
        for key in ["disable_compression", "force_attempt_http2"] { _ = http.bool(key) }
        var files = http.mapping("tls_config", type: "exthttp.TLSConfig")
        tls = S3Configuration.TLSFiles(
            authorities: files.string("ca_file"), certificate: files.string("cert_file"),
            key: files.string("key_file"), serverName: files.string("server_name"))
        // Read, and then overruled by the key of the same name one level up, as in Thanos.
        _ = files.bool("insecure_skip_verify")
        files.finish()
        http.finish()
    }

    private static func duration(
        _ key: String, in mapping: inout StrictMapping, default preset: Duration
    ) throws(ObjectStoreError) -> Duration {
        guard mapping.value(key) != nil else { return preset }
        let text = mapping.string(key)
        guard let duration = GoDuration.parse(text) else {
            throw ObjectStoreError(
                .configuration, "not a valid duration string: \(text.debugDescription)")
        }
        return duration
    }
}

/// `sse_config`: how the server is to encrypt what it keeps.
private struct ServerSideEncryption {
    private let type: String
    private let keyID: String
    private let keyFile: String

    init(_ mapping: inout StrictMapping) {
        var encryption = mapping.mapping("sse_config", type: "s3.SSEConfig")
        type = encryption.string("type")
        keyID = encryption.string("kms_key_id")
        keyFile = encryption.string("encryption_key")
        _ = encryption.strings("kms_encryption_context")
        encryption.finish()
    }

    func headers() throws(ObjectStoreError) -> [String: String] {
        switch type {
        case "": return [:]
        case "SSE-S3": return ["x-amz-server-side-encryption": "AES256"]
        case "SSE-KMS": throw refusal(missing: keyID.isEmpty ? "kms_key_id" : nil)
        case "SSE-C": throw refusal(missing: keyFile.isEmpty ? "encryption_key" : nil)
        default:
            throw ObjectStoreError(
                .configuration,
                "Unsupported type \(type.debugDescription) was provided. Supported types are "
                    + "SSE-S3, SSE-KMS, SSE-C"
            ).wrapped("Initialize s3 client SSE Config")
        }
    }

    /// libcurl 7.88 sorts `x-amz-server-side-encryption` behind longer names that begin with it,
    /// and so signs requests for keys of one's own wrongly.
    private func refusal(missing key: String?) -> ObjectStoreError {
        ObjectStoreError(
            .configuration,
            key.map { "\($0) must be set if sse_config.type is set to '\(type)'" }
                ?? "sse_config.type '\(type)' is not supported here; use SSE-S3")
    }
}
