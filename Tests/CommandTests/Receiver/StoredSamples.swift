import FoundationEssentials
import Testing

/// Float samples by series and time, as a query or a dump gives them.
struct StoredSamples: Sendable, Equatable {
    /// Series as promtool prints them, `{__name__="up", job="a"}`; times in milliseconds.
    private(set) var series: [String: [Int64: Float]] = [:]

    /// A value that equals itself, stale markers and other NaNs included.
    struct Float: Sendable, Hashable {
        private let bits: UInt64

        /// The text forms of a NaN do not tell which one it was.
        init(_ value: Double) { bits = (value.isNaN ? .nan : value).bitPattern }

        var value: Double { Double(bitPattern: bits) }
    }

    var count: Int { series.values.reduce(0) { $0 + $1.count } }

    mutating func insert(_ labels: [String: String], _ timestamp: Int64, _ value: Double) {
        series[Self.name(labels), default: [:]][timestamp] = Float(value)
    }

    mutating func insert(named name: String, _ samples: [Int64: Float]) {
        series[name, default: [:]].merge(samples) { first, _ in first }
    }

    /// What stands in both stays as it is here.
    func union(_ other: Self) -> Self {
        other.series.reduce(into: self) { $0.insert(named: $1.key, $1.value) }
    }

    func filter(_ isIncluded: (_ series: String, _ timestamp: Int64, _ value: Double) -> Bool)
        -> Self
    {
        var kept = Self()
        for (name, samples) in series {
            let samples = samples.filter { isIncluded(name, $0.key, $0.value.value) }
            if !samples.isEmpty { kept.series[name] = samples }
        }
        return kept
    }

    func through(_ last: Int64) -> Self { filter { _, timestamp, _ in timestamp <= last } }

    /// Without NaNs: stale markers are in a dump and in no answer.
    var numbers: Self { filter { _, _, value in !value.isNaN } }

    /// What is here and not in the other, or there with another value.
    func missing(in other: Self) -> [String] {
        series.sorted { $0.key < $1.key }.flatMap { name, samples in
            let found = other.series[name] ?? [:]
            return samples.sorted { $0.key < $1.key }.compactMap { timestamp, value in
                found[timestamp] == value
                    ? nil : "\(name) \(value.value) \(timestamp), found \(found[timestamp] as Any)"
            }
        }
    }

    private static func name(_ labels: [String: String]) -> String {
        let pairs = labels.sorted { $0.key < $1.key }.map { label in
            let value = label.value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
                .replacing("\n", with: "\\n")
            return "\(label.key)=\"\(value)\""
        }
        return "{\(pairs.joined(separator: ", "))}"
    }
}

extension StoredSamples {
    /// Reads what `promtool tsdb dump` prints: `{SERIES} VALUE TIME`.
    init(dump: [UInt8]) throws {
        for line in dump.split(separator: UInt8(ascii: "\n")) {
            let words = line.split(separator: UInt8(ascii: " ")).suffix(2)
                .map { String(decoding: $0, as: UTF8.self) }
            let end = try #require(line.lastIndex(of: UInt8(ascii: "}")))
            let value = try #require(words.first.flatMap { Double(goText: $0) })
            let timestamp = try #require(words.last.flatMap { Int64($0) })
            let series = String(decoding: line[...end], as: UTF8.self)
            insert(named: series, [timestamp: Float(value)])
        }
    }
}

extension Double {
    /// As Go's `strconv` prints it: `+Inf` is not what Swift reads.
    init?(goText text: String) {
        switch text {
        case "+Inf": self = .infinity
        case "-Inf": self = -.infinity
        case "NaN": self = .nan
        case _: self.init(text)
        }
    }
}

/// Demands that samples are found, with their values; says how many are not, and which first.
func expect(
    _ owed: StoredSamples, in found: StoredSamples, _ whereabouts: String,
    at place: SourceLocation = #_sourceLocation
) {
    let missing = owed.missing(in: found)
    #expect(
        missing.count == 0, "\(missing.count) missing \(whereabouts): \(missing.prefix(5))",
        sourceLocation: place)
}
