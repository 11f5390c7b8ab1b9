import MarkedYAML
import ObjectStore
import Testing

@Suite("the bucket's configuration")
struct ConfigurationTests {
    /// What Thanos says of a text; the cause, then its wraps.
    struct Refusal: CustomTestStringConvertible {
        let yaml: String
        let texts: [String]

        var testDescription: String { yaml.debugDescription }

        init(_ yaml: String, _ texts: String...) {
            self.yaml = yaml
            self.texts = texts
        }
    }

    @Test(
        "what is wrong is said in Thanos' words",
        arguments: [
            Refusal("type: S4\nconfig: {}", "bucket with type S4 is not supported"),
            Refusal("", "bucket with type  is not supported"),
            Refusal(
                "type: S3\nbogus: 1",
                "yaml: unmarshal errors:\n  line 2: field bogus not found in type "
                    + "client.BucketConfig", "parsing config YAML file"),
            Refusal(
                "- 1",
                "yaml: unmarshal errors:\n  line 1: cannot unmarshal !!seq into client.BucketConfig",
                "parsing config YAML file"),
            Refusal(
                "type: S3\nconfig:\n  endpoint: e:1\n  bucket: b\n  bogus: x\n  insecure: maybe",
                "yaml: unmarshal errors:\n  line 1: field bogus not found in type s3.Config\n"
                    + "  line 4: cannot unmarshal !!str `maybe` into bool", "create S3 client"),
            Refusal(
                "type: S3\nconfig:\n  http_config:\n    a: 1\n    tls_config: {x: y}",
                "yaml: unmarshal errors:\n  line 2: field a not found in type exthttp.HTTPConfig\n"
                    + "  line 4: field x not found in type exthttp.TLSConfig", "create S3 client"),
            Refusal("type: s3", "no s3 endpoint in config file", "create s3 client"),
            Refusal(
                "type: S3\nconfig: {endpoint: e, access_key: a}",
                "no s3 secret_key specified while access_key is present in config file; either "
                    + "both should be present in config or envvars/IAM should be used.",
                "create S3 client"),
            Refusal(
                "type: S3\nconfig: {endpoint: 'https://s3.example', access_key: a, secret_key: b}",
                "Endpoint url cannot have fully qualified paths.", "initialize s3 client",
                "create S3 client"),
            Refusal(
                "type: S3\nconfig: {endpoint: e, bucket_lookup_type: odd}",
                "unsupported bucket lookup type: odd", "create S3 client"),
            Refusal(
                "type: S3\nconfig: {endpoint: e, http_config: {response_header_timeout: 5}}",
                "not a valid duration string: \"5\"", "create S3 client"),
            Refusal(
                "type: S3\nconfig: {endpoint: e, sse_config: {type: ROT13}}",
                "Unsupported type \"ROT13\" was provided. Supported types are SSE-S3, SSE-KMS, "
                    + "SSE-C", "Initialize s3 client SSE Config", "create S3 client"),
            Refusal(
                "type: S3\nconfig: {endpoint: e, sse_config: {type: SSE-KMS}}",
                "kms_key_id must be set if sse_config.type is set to 'SSE-KMS'", "create S3 client"),
            Refusal(
                "type: S3\nconfig: {endpoint: e, sse_config: {type: SSE-C, encryption_key: f}}",
                "sse_config.type 'SSE-C' is not supported here; use SSE-S3", "create S3 client"),
            Refusal(
                "type: S3\nconfig: {endpoint: e, list_objects_version: v3}",
                "Initialize s3 client list objects version: Unsupported version \"v3\" was "
                    + "provided. Supported values are v1, v2", "create S3 client"),
            Refusal(
                "type: FILESYSTEM\nconfig: {}", "missing directory for filesystem bucket",
                "create FILESYSTEM client"),
        ])
    func refuses(refusal: Refusal) {
        let error = #expect(throws: ObjectStoreError.self) {
            try ObjectStoreConfiguration(yaml: SourceText(name: "bucket.yml", text: refusal.yaml))
        }
        #expect(error?.texts == refusal.texts)
        #expect(error?.code == .configuration)
    }

    @Test("every key of Thanos' documentation is known")
    func documentedKeys() throws {
        let configuration = try ObjectStoreConfiguration(
            yaml: SourceText(name: "bucket.yml", text: Self.documented))
        guard case .s3(let s3) = configuration.provider else {
            Issue.record("not S3")
            return
        }
        #expect(configuration.prefix == "a/b")
        #expect(s3.bucket == "metrics")
        #expect(s3.endpoint.address == "127.0.0.1:9000")
        #expect(s3.endpoint.isInsecure)
        #expect(s3.endpoint.lookup == .virtualHosted)
        #expect(s3.credentials?.accessKey == "12345")
        #expect(s3.credentials?.sessionToken == "token")
        #expect(s3.uploads.partSize == 5 << 20)
        #expect(!s3.uploads.sendsContentMD5)
        #expect(
            s3.uploads.headers == [
                "x-amz-meta-team": "metrics", "X-Amz-Storage-Class": "GLACIER",
                "x-amz-server-side-encryption": "AES256",
            ])
        #expect(s3.connection.responseHeaderTimeout == .seconds(90))
        #expect(s3.connection.tls.serverName == "s3.example")
        #expect(s3.maxRetries == 3)
    }

    @Test("a directory, with the type in any case and other keys passed over")
    func directory() throws {
        let text = "type: Filesystem\nconfig: {directory: /srv/bucket, other: 1}"
        let configuration = try ObjectStoreConfiguration(yaml: SourceText(name: "", text: text))
        #expect(configuration.provider == .directory("/srv/bucket"))
    }

    @Test("no secret is printed")
    func secrets() throws {
        let configuration = try ObjectStoreConfiguration(
            yaml: SourceText(name: "", text: Self.documented))
        var dumped = ""
        dump(configuration, to: &dumped)
        #expect(!dumped.contains("hush"))
        #expect(!"\(configuration)".contains("hush"))
    }

    @Test("every beginning of a text is read or refused")
    func truncations() {
        let bytes = Array(Self.documented.utf8)
        for length in 0...bytes.count {
            let source = SourceText(name: "", bytes: Array(bytes[..<length]))
            _ = try? ObjectStoreConfiguration(yaml: source)
        }
    }

    private static let documented = """
        type: S3
        config:
          bucket: metrics
          endpoint: 127.0.0.1:9000
          region: eu-central-1
          disable_dualstack: false
          aws_sdk_auth: false
          access_key: 12345
          insecure: true
          signature_version2: false
          secret_key: hush
          session_token: token
          put_user_metadata: {team: metrics, X-Amz-Storage-Class: GLACIER}
          http_config:
            idle_conn_timeout: 1m30s
            response_header_timeout: 1m30s
            insecure_skip_verify: false
            tls_handshake_timeout: 10s
            expect_continue_timeout: 1s
            max_idle_conns: 100
            max_idle_conns_per_host: 100
            max_conns_per_host: 0
            tls_config:
              ca_file: ""
              cert_file: ""
              key_file: ""
              server_name: s3.example
              insecure_skip_verify: false
            disable_compression: false
          trace: {enable: false}
          list_objects_version: ""
          bucket_lookup_type: virtual-hosted
          send_content_md5: false
          disable_multipart: false
          part_size: 5242880
          sse_config: {type: SSE-S3, kms_key_id: "", kms_encryption_context: {}, encryption_key: ""}
          sts_endpoint: ""
          max_retries: 3
        prefix: a/b
        """
}
