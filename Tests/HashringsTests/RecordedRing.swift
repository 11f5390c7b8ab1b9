import FoundationEssentials
import Hashrings
import MarkedYAML
import Testing
import TimeSeries

/// A ring and the placements that Thanos' own code computed for it.
struct RecordedRing: Sendable, CustomTestStringConvertible {
    /// One series of one tenant.
    struct Vector: Sendable {
        let tenant: String
        let labels: [SeriesLabel]
        let hash: UInt64?
        let endpoints: [String]
        /// One for each replica that has no node.
        let errors: [String]
    }

    let name: String
    let algorithm: HashringAlgorithm
    let replicationFactor: Int
    /// The JSON text of the configuration.
    let configuration: String
    /// Why Thanos could not build the rings.
    let error: String?
    var vectors: [Vector]

    var testDescription: String { name }

    /// Every recorded ring but those that shuffle, which depend on Go's random generator.
    static func all() throws -> [RecordedRing] {
        let main = try document("hashring-vectors.json").items.map { try RecordedRing($0) }
        let edge = try edgeRings()
        return (main + edge).filter { !$0.name.hasPrefix("shuffle-") || $0.error != nil }
    }

    private static func edgeRings() throws -> [RecordedRing] {
        let lines = try text("hashring-vectors-edge.jsonl").split(separator: "\n").map {
            try JSONReader.document(SourceText(name: "edge", text: String($0)))
        }
        let rings = try #require(try document("hashring-vectors-edge-rings.json")["rings"])
        return try rings.items.map { ring in
            let name = try #require(ring["name"]?.string)
            let own = lines.filter { $0["ring"]?.string == name }
            return try RecordedRing(edge: ring, lines: own)
        }
    }

    private init(_ node: Node) throws {
        name = try #require(node["name"]?.string)
        algorithm = try #require(node["algorithm"]?.string.flatMap(HashringAlgorithm.init))
        replicationFactor = try #require(node["replication_factor"]?.string.flatMap { Int($0) })
        configuration = try #require(node["hashrings"]).range.text
        error = node["error"]?.string
        vectors = try (node["vectors"]?.items ?? []).map { vector in
            let labels = vector["labels"]?.entries ?? []
            return Vector(
                tenant: try #require(vector["tenant"]?.string),
                labels: labels.map { SeriesLabel($0.key.string ?? "", $0.value.string ?? "") },
                hash: vector["hash"]?.string.flatMap { UInt64($0, radix: 16) },
                endpoints: vector["endpoints"]?.items.compactMap(\.string) ?? [],
                errors: vector["error"]?.string.map { [$0] } ?? [])
        }
    }

    private init(edge node: Node, lines: [Node]) throws {
        name = try #require(node["name"]?.string)
        algorithm = try #require(node["algorithm"]?.string.flatMap(HashringAlgorithm.init))
        replicationFactor = try #require(node["replication_factor"]?.string.flatMap { Int($0) })
        configuration = try #require(node["config"]).range.text
        let isRefused = lines.contains { $0["hash"]?.scalarText == "" }
        error = isRefused ? lines.first?["errors"]?.items.first?.string : nil
        vectors = try lines.map { line in
            Vector(
                tenant: line["tenant"]?.scalarText ?? "",
                labels: try (line["labels"]?.items ?? []).map { pair in
                    SeriesLabel(
                        try #require(pair.items.first?.string),
                        Self.expanded(try #require(pair.items.last?.scalarText)))
                },
                hash: line["hash"]?.string.flatMap { UInt64($0, radix: 16) },
                endpoints: line["targets"]?.items.compactMap(\.string) ?? [],
                errors: line["errors"]?.items.compactMap(\.string) ?? [])
        }
    }

    /// `repeat:N:y` stands for N times `y`.
    private static func expanded(_ value: String) -> String {
        let parts = value.split(separator: ":")
        guard parts.count == 3, parts[0] == "repeat", let count = Int(parts[1]) else {
            return value
        }
        return String(repeating: String(parts[2]), count: count)
    }

    private static func document(_ name: String) throws -> Node {
        try JSONReader.document(SourceText(name: name, text: try text(name)))
    }

    private static func text(_ name: String) throws -> String {
        let root = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let file = root.appending(path: "fixtures/hashrings/\(name)")
        return try String(contentsOf: file, encoding: .utf8)
    }
}
