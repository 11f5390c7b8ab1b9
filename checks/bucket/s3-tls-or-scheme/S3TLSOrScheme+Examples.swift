import Diagnosis

extension Check {
    static let s3TlsOrSchemeExamples: [Example] = [
        .triggers(
            "a Store Gateway alone",
            StorageExample.receiver(
                more: StorageExample.gateway(
                    "Get \\\"https://s3/\\\": tls: failed to verify certificate",
                    mark: " # <-- finding"))),
        .triggers(
            "TLS to a plain port",
            StorageExample.receiver(
                mark: " # <-- finding",
                log: StorageExample.failure(
                    "11:59:40",
                    #"upload: check exists: stat s3 object: Head \"https://minio:9000/t/m\": "#
                        + "http: server gave HTTP response to HTTPS client"))),
        .triggers(
            "an authority of one's own",
            StorageExample.receiver(
                mark: " # <-- finding",
                log: StorageExample.failure(
                    "11:59:40",
                    "upload: check exists: stat s3 object: x509: certificate signed by unknown "
                        + "authority"))),
        .triggers(
            "this host does not trust the store, the receivers may: a warning",
            StorageExample.receiver(
                mark: " # <-- finding",
                more: "-- bucket.txt --\nfailed tls certificate signed by unknown authority")),
        .triggers(
            "plain HTTP to port 443",
            configured("endpoint: s3.example:443", "insecure: true # <-- finding")),
        .triggers(
            "a certificate that is not mounted",
            configured(
                "endpoint: s3.example", "http_config:", "  tls_config:",
                "    ca_file: /certs/ca.crt # <-- finding")),
        .triggers(
            "a certificate that nobody looks at",
            configured(
                "endpoint: s3.example", "http_config:",
                "  insecure_skip_verify: true # <-- finding")),
        .passes("plain HTTP to MinIO", configured("endpoint: minio:9000", "insecure: true")),
        .passes("TLS to MinIO", configured("endpoint: minio:9000")),
        .passes(
            "a certificate beside the configuration",
            configured(
                "endpoint: s3.example", "http_config:", "  tls_config:",
                "    ca_file: /etc/thanos/objstore.yaml")),
        .passes(
            "the authorities of the image",
            configured(
                "endpoint: s3.example", "http_config:", "  tls_config:",
                "    ca_file: /etc/ssl/certs/ca-certificates.crt")),
        .passes(
            "a slow handshake is something else",
            StorageExample.receiver(
                log: StorageExample.failure("11:59:40", "net/http: TLS handshake timeout"))),
    ]

    private static func configured(_ lines: String...) -> String {
        StorageExample.configured(
            (["type: S3", "config:", "  bucket: thanos-metrics"] + lines.map { "  \($0)" })
                .joined(separator: "\n"))
    }
}
