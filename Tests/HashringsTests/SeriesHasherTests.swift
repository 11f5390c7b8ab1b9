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
        var numbers = SplitMix(seed: 0x5EED)
        for _ in 0..<2000 {
            let labels = (0..<numbers.next(below: 6)).map { _ in
                (name: numbers.bytes(upTo: 60), value: numbers.bytes(upTo: 400))
            }
            let set = LabelSet(bytes: labels)
            let tenant = String(repeating: "t", count: numbers.next(below: 70))
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

/// Numbers that look random and are the same in every run (Steele et al., SplitMix64).
private struct SplitMix {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next(below bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return Int((value ^ value >> 31) % UInt64(bound))
    }

    mutating func bytes(upTo limit: Int) -> [UInt8] {
        (0..<next(below: limit)).map { _ in UInt8(next(below: 256)) }
    }
}
