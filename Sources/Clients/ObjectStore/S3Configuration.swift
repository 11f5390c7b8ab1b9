/// What `type: S3` is configured with (Thanos' docs/storage.md).
package struct S3Configuration: Sendable, Hashable {
    package var bucket: String
    package var endpoint: Endpoint
    /// Absent: what the environment says, else requests are not signed.
    package var credentials: S3Credentials?
    package var uploads: Uploads
    package var connection: Connection
    /// `max_retries`: 0 for the client's own number.
    package var maxRetries: Int

    /// Where the bucket is.
    package struct Endpoint: Sendable, Hashable {
        package enum Lookup: String, Sendable, Hashable {
            case auto, path
            case virtualHosted = "virtual-hosted"
        }

        /// `host` or `host:port`.
        package var address: String
        /// Plain HTTP.
        package var isInsecure: Bool
        /// Empty: asked for, or taken from an address of AWS.
        package var region: String
        package var lookup: Lookup
        package var isDualStackDisabled: Bool
    }

    /// How objects are written.
    package struct Uploads: Sendable, Hashable {
        /// Bytes.
        package var partSize: Int
        package var isMultipartDisabled: Bool
        package var sendsContentMD5: Bool
        /// `put_user_metadata`, and what `sse_config` asks for, as header fields.
        package var headers: [String: String]
    }

    /// `http_config`.
    package struct Connection: Sendable, Hashable {
        package var responseHeaderTimeout: Duration
        package var tlsHandshakeTimeout: Duration
        package var skipsVerification: Bool
        package var tls: TLSFiles
    }

    /// Paths of PEM files; empty for none.
    package struct TLSFiles: Sendable, Hashable {
        package var authorities: String
        package var certificate: String
        package var key: String
        package var serverName: String
    }
}

/// A key pair of AWS; never printed.
package struct S3Credentials: Sendable, Hashable {
    package var accessKey: String
    package var secretKey: String
    /// Empty for none.
    package var sessionToken: String

    package init(accessKey: String, secretKey: String, sessionToken: String = "") {
        self.accessKey = accessKey
        self.secretKey = secretKey
        self.sessionToken = sessionToken
    }

    /// From the variables that minio-go reads (credentials.EnvAWS).
    init?(environment: [String: String]) {
        let accessKey = environment["AWS_ACCESS_KEY_ID"] ?? environment["AWS_ACCESS_KEY"] ?? ""
        let secretKey = environment["AWS_SECRET_ACCESS_KEY"] ?? environment["AWS_SECRET_KEY"] ?? ""
        guard !accessKey.isEmpty, !secretKey.isEmpty else { return nil }
        self.init(
            accessKey: accessKey, secretKey: secretKey,
            sessionToken: environment["AWS_SESSION_TOKEN"] ?? "")
    }
}

extension S3Credentials: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "S3 credentials" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
