import FoundationEssentials
import Testing

/// One conversation with a real receiver.
struct ConformanceScenario: Sendable, Decodable, CustomTestStringConvertible {
    struct Step: Sendable, Decodable {
        let request: Request
        let response: Response
    }

    struct Request: Sendable, Decodable {
        let method: String
        let path: String
        let headers: [String: String]
        let bodyBase64: String

        var body: [UInt8] { Data(base64Encoded: bodyBase64).map(Array.init) ?? [] }
    }

    struct Response: Sendable, Decodable {
        let status: Int
        let body: String
        let headers: [String: String]
    }

    let id: String
    let nodes: Int
    let args: [String]
    let hashrings: String?
    let limits: String?
    let ready: Bool
    let exitCode: Int?
    let steps: [Step]
    let log: [String]

    var testDescription: String { id }

    /// The arguments with which the recording was made, and a node address that nobody dials.
    var arguments: [String] {
        guard let hashrings else { return args }
        let rings = hashrings.replacing("{A}", with: "127.0.0.1:10901")
        return args + [
            "--receive.hashrings=\(rings)", "--receive.local-endpoint=127.0.0.1:10901",
        ]
    }
}

extension ConformanceScenario {
    /// What this slice answers as a real one does; the list only grows.
    static let covered = [
        "empty-body", "garbage-body", "empty-write-request", "bad-protobuf",
        "bad-protobuf-wiretype", "truncated-timeseries", "snappy-framed-not-block",
        "snappy-truncated", "uncompressed-protobuf", "method-get", "method-put",
        "method-options", "path-unknown", "content-type-text", "content-encoding-gzip",
        "tenant-traversal", "tenant-percent", "tenant-unicode", "tenant-empty",
        "tenant-backslash", "tenant-custom-header", "split-tenant-label",
        "replica-header-rf1-0", "replica-header-rf1-2", "replica-header-rf1-3",
        "replica-header-rf1--1", "no-labels", "no-name-label", "empty-label-value",
        "unsorted-labels", "duplicate-label", "invalid-utf8-value", "utf8-label-name",
        "mixed-good-and-bad", "series-two-samples-unsorted", "nan-inf-stale", "metadata-only",
        "native-histogram", "ring-tenant-match", "ring-no-such-tenant", "ring-tenant-glob",
        "ring-glob-without-matcher-type", "ring-fallthrough-default", "ring-rf3-one-endpoint",
        "ring-rf3-one-endpoint-ketama", "ring-empty",
    ]

    /// What needs storage, limits or peers, and waits for them.
    static let waiting = [
        "duplicate-sample-same-value", "out-of-order", "too-old", "far-future-then-now",
        "far-future-window", "native-histogram-enabled", "limit-size-bytes", "limit-series",
        "limit-exact", "rf3-hashmod-all-up", "rf3-hashmod-one-down", "rf3-hashmod-two-down",
        "rf3-ketama-all-up", "rf3-ketama-one-down", "rf3-conflict", "rf3-replica-header",
        "rf2-one-down",
    ]

    static func recorded() throws -> [ConformanceScenario] {
        struct Recording: Decodable {
            let scenarios: [ConformanceScenario]
        }
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let file = Fixture.url("receive-conformance/receive-conformance.json")
        return try decoder.decode(Recording.self, from: Data(contentsOf: file)).scenarios
    }

    static func coveredScenarios() throws -> [ConformanceScenario] {
        try recorded().filter { covered.contains($0.id) && $0.ready }
    }
}

/// Files that tests read.
enum Fixture {
    static func url(_ path: String) -> URL {
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "fixtures/\(path)")
    }

    static func lines(_ path: String) throws -> [String] {
        try String(contentsOf: url(path), encoding: .utf8).split(separator: "\n").map(String.init)
    }
}
