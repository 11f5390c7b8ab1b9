import TestSupport
import Testing
import TimeSeries

@Suite("The hash of a series")
struct SeriesHasherTests {
    /// What the rule says, written down without haste.
    private static func hash(_ tenant: String, _ labels: LabelSet) -> UInt64 {
        var bytes = Array(tenant.utf8) + [0xFF]
        for label in labels { bytes += label.name + [0xFF] + label.value + [0xFF] }
        return XXH64.hash(bytes)
    }

    @Test("is that of tenant, names and values, each followed by 0xFF")
    func random() {
        var numbers = SeededNumbers(seed: 0x5EED)
        for _ in 0..<2000 {
            let labels = (0..<Int.random(in: 0..<6, using: &numbers)).map { _ in
                (name: numbers.bytes(upTo: 60), value: numbers.bytes(upTo: 400))
            }
            let set = LabelSet(bytes: labels)
            let tenant = String(repeating: "t", count: .random(in: 0..<70, using: &numbers))
            #expect(SeriesHasher(tenant: tenant).hash(set) == Self.hash(tenant, set))
        }
    }

    @Test("of bytes that end anywhere is that of the labels that are whole")
    func truncated() {
        let long = [UInt8](repeating: 0x61, count: 200)
        let wire = LabelSet(bytes: [([0x61], long), ([0x62], [0x63]), (long, [])]).wire
        let hasher = SeriesHasher(tenant: "t")
        for count in 0...wire.count {
            let part = LabelSet(canonicalWire: Array(wire.prefix(count)))
            #expect(hasher.hash(part) == Self.hash("t", part))
        }
    }
}

extension SeededNumbers {
    fileprivate mutating func bytes(upTo limit: Int) -> [UInt8] {
        (0..<Int.random(in: 0..<limit, using: &self)).map { _ in .random(in: 0...255, using: &self)
        }
    }
}
