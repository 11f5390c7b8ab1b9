package import KubernetesModel
import PipelineModel

/// One bucket as the components that share it see it.
package struct BucketState: Sendable {
    /// For people, without credentials: `bucket thanos-metrics at s3.example:9000`.
    package let name: String
    /// The workloads that are configured with it.
    package let users: [ObjectReference]
    package let outcome: Outcome
    /// What became of writing, reading and deleting an object; nil when nobody asked for it.
    package var writeProbe: [ProbeStep]?

    package init(
        name: String, users: [ObjectReference], outcome: Outcome, writeProbe: [ProbeStep]? = nil
    ) {
        self.name = name
        self.users = users
        self.outcome = outcome
        self.writeProbe = writeProbe
    }

    package enum Outcome: Sendable {
        case listed(Listing)
        case failed(Failure)
    }

    package var listing: Listing? {
        if case .listed(let listing) = outcome { listing } else { nil }
    }

    package var failure: Failure? {
        if case .failed(let failure) = outcome { failure } else { nil }
    }

    /// The blocks of a bucket.
    package struct Listing: Sendable {
        package var blocks: [BucketBlock] = []
        /// Blocks without a `meta.json`, by ULID: uploads in progress, or broken off.
        package var partial: [String] = []
        /// Blocks that wait for their deletion, by ULID.
        package var deletionMarks: Set<String> = []
        /// Whether there are more objects than were looked at.
        package var isCut = false

        package init() {}
    }

    package struct Failure: Sendable, Hashable {
        package enum Kind: String, Sendable, Hashable {
            case accessDenied, noSuchBucket, wrongRegion, clockSkewed
            case tls, plainTextNotSpoken, unreachable, timedOut, malformed, configuration
        }

        package let kind: Kind
        /// What the store said, without credentials.
        package let message: String

        package init(_ kind: Kind, _ message: String) {
            self.kind = kind
            self.message = message
        }
    }

    /// One step of the write probe.
    package struct ProbeStep: Sendable, Hashable {
        package enum Action: String, Sendable { case put, get, range, list, delete }

        package let action: Action
        /// Nil when it worked.
        package let failure: Failure?

        package init(_ action: Action, failure: Failure? = nil) {
            self.action = action
            self.failure = failure
        }
    }
}

/// What a block's `meta.json` says of it.
package struct BucketBlock: Sendable {
    package let ulid: String
    /// Milliseconds; the end is exclusive.
    package let minTime: Int64
    package let maxTime: Int64
    /// External labels (`thanos.labels`).
    package let labels: [String: String]
    /// 1 for what receivers upload, more for what the compactor made.
    package let level: Int
    /// Milliseconds between samples (`thanos.downsample.resolution`); 0 is raw.
    package let resolution: Int64
    /// When `meta.json` came, seconds since 1970; nil when the store does not say.
    package let uploaded: Double?

    package init(
        ulid: String, minTime: Int64, maxTime: Int64, labels: [String: String], level: Int = 1,
        resolution: Int64 = 0, uploaded: Double? = nil
    ) {
        self.ulid = ulid
        self.minTime = minTime
        self.maxTime = maxTime
        self.labels = labels
        self.level = level
        self.resolution = resolution
        self.uploaded = uploaded
    }
}

extension EvidenceKey where Value == [BucketState] {
    /// The buckets of receivers, Store Gateways and Compactors.
    package static var buckets: EvidenceKey<[BucketState]> {
        EvidenceKey(
            "buckets", resources: EvidenceKey<[ReceiverGroup]>.receivers.resources + [.secrets],
            sources: [.bucket]
        ) { _, view in
            guard let buckets = view.buckets else {
                return .missing(
                    .notConfigured("bucket", needs: "a look into the buckets (--bucket)"))
            }
            guard !buckets.items.isEmpty else {
                return .missing(
                    buckets.missing.first ?? .notApplicable("no object storage is configured here"))
            }
            return .known(buckets.items, gaps: buckets.missing)
        }
    }
}
