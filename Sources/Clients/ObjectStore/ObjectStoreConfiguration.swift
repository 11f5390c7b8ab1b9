package import MarkedYAML

/// The content of `--objstore.config` or its file.
package struct ObjectStoreConfiguration: Sendable, Hashable {
    package enum Provider: Sendable, Hashable {
        case s3(S3Configuration)
        /// The directory of a `FILESYSTEM` bucket.
        case directory(String)
    }

    /// A configuration beyond these is no configuration.
    private static let limits = ReadingLimits(depth: 32, nodes: 10_000, bytes: 1 << 20)

    package private(set) var provider: Provider
    package let prefix: String
    /// As the file spells it, for messages.
    package let type: String

    /// Strict, with the errors of Thanos' `client.NewBucket`.
    package init(yaml: SourceText) throws(ObjectStoreError) {
        let stream = YAMLReader.stream(yaml, limits: Self.limits)
        if let error = stream.errors.first {
            throw ObjectStoreError(
                .configuration, "yaml: line \(error.range.start.line): \(error.message)"
            ).wrapped("parsing config YAML file")
        }
        try self.init(document: stream.documents.first)
    }

    /// The same from a document that was read already.
    package init(document: Node?) throws(ObjectStoreError) {
        let problems = StrictProblems { $0.range.start.line }
        var mapping = StrictMapping(
            document, type: "client.BucketConfig", problems: problems)
        let type = mapping.string("type")
        let config = mapping.value("config")
        prefix = mapping.string("prefix")
        mapping.finish()
        if let error = problems.error { throw error.wrapped("parsing config YAML file") }
        self.type = type
        switch type.uppercased() {
        case "S3":
            provider = try Self.creating(type) { () throws(ObjectStoreError) in
                .s3(try S3Configuration(config))
            }
        case "FILESYSTEM":
            provider = try Self.creating(type) { () throws(ObjectStoreError) in
                .directory(try Self.directory(config))
            }
        default:
            throw ObjectStoreError(.configuration, "bucket with type \(type) is not supported")
        }
    }

    /// The same for who wants an answer soon rather than after ten tries.
    package var triedOnce: ObjectStoreConfiguration {
        var once = self
        if case .s3(var s3) = provider {
            s3.maxRetries = 1
            once.provider = .s3(s3)
        }
        return once
    }

    /// Thanos is not strict here: other keys are passed over.
    private static func directory(_ config: Node?) throws(ObjectStoreError) -> String {
        guard let directory = config?["directory"]?.string, !directory.isEmpty else {
            throw ObjectStoreError(.configuration, "missing directory for filesystem bucket")
        }
        return directory
    }

    private static func creating(
        _ type: String, _ body: () throws(ObjectStoreError) -> Provider
    ) throws(ObjectStoreError) -> Provider {
        do throws(ObjectStoreError) {
            return try body()
        } catch {
            throw error.wrapped("create \(type) client")
        }
    }
}
