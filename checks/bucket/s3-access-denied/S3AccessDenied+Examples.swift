import Diagnosis

extension Check {
    static let s3AccessDeniedExamples: [Example] = [
        .triggers(
            "a Store Gateway alone",
            StorageExample.receiver(
                more: StorageExample.gateway("Access Denied.", mark: " # <-- finding"))),
        .passes(
            "a Store Gateway that has read the bucket since",
            StorageExample.receiver(
                more: StorageExample.gateway(
                    "Access Denied.",
                    then: """
                        ts=2026-11-20T11:59:00Z caller=fetcher.go:529 level=info \
                        msg="successfully synchronized block metadata" cached=12 returned=12
                        """))),
        .triggers(
            "every upload is answered with 403",
            StorageExample.receiver(
                mark: " # <-- finding",
                log: StorageExample.failure(
                    "11:59:40", "upload: check exists: stat s3 object: Access Denied."))),
        .triggers(
            "the key is unknown to the store",
            StorageExample.receiver(
                mark: " # <-- finding",
                more: """
                    -- bucket.txt --
                    failed accessDenied The Access Key Id you provided does not exist in our records.
                    """)),
        .triggers(
            "only this host is refused, perhaps: a warning",
            StorageExample.receiver(
                mark: " # <-- finding", more: "-- bucket.txt --\nfailed accessDenied Access Denied."
            )),
        .triggers(
            "the write probe is refused",
            StorageExample.receiver(
                mark: " # <-- finding",
                more: """
                    -- bucket.txt --
                    block 01M817KTNA2STY54HSN6D1BZBN 1795161600 1795168800 1795172500 {"receive_replica":"receiver-0"}
                    probe put accessDenied Access Denied.
                    """)),
        .triggers(
            "a clock that is off",
            StorageExample.receiver(
                mark: " # <-- finding",
                log: StorageExample.failure(
                    "11:59:40",
                    "upload: check exists: stat s3 object: The difference between the request time "
                        + "and the server's time is too large."))),
        .triggers(
            "two regions",
            StorageExample.configured(
                """
                type: S3
                config:
                  bucket: thanos-metrics
                  endpoint: s3.eu-west-1.amazonaws.com
                  region: us-east-1 # <-- finding
                """)),
        .passes(
            "one region",
            StorageExample.configured(
                """
                type: S3
                config:
                  bucket: thanos-metrics
                  endpoint: s3.dualstack.eu-west-1.amazonaws.com
                  region: eu-west-1
                """)),
        .passes(
            "it is allowed again since",
            StorageExample.receiver(
                log: StorageExample.failure("11:50:00", "upload: Access Denied.") + "\n"
                    + "ts=2026-11-20T11:57:01Z level=info msg=\"upload new block\" id=01M817")),
        .passes(
            "a file system that denies access is something else",
            StorageExample.receiver(
                log: StorageExample.failure(
                    "11:59:40", "open /data/default-tenant/01M8/meta.json: permission denied"))),
    ]
}
