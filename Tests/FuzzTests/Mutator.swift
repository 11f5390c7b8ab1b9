import TestSupport

/// Makes broken inputs of sound ones, the same for the same seed.
struct Mutator: RandomNumberGenerator {
    private var numbers: SeededNumbers

    init(seed: UInt64) { numbers = SeededNumbers(seed: seed) }

    mutating func next() -> UInt64 { numbers.next() }

    /// One of the inputs with one to eight changes.
    mutating func input(from corpus: [[UInt8]]) -> [UInt8] {
        var bytes = corpus.randomElement(using: &self) ?? []
        for _ in 0..<Int.random(in: 1...8, using: &self) { change(&bytes, corpus) }
        return bytes
    }

    private enum Change: CaseIterable {
        case flip, replace, remove, repeated, insert, cut, splice
    }

    /// Bytes that lengths, tags and texts begin or end with.
    private static let telling: [UInt8] = [
        0x00, 0x01, 0x0A, 0x12, 0x7F, 0x80, 0xFF, 0x22, 0x5B, 0x7B,
    ]

    private mutating func change(_ bytes: inout [UInt8], _ corpus: [[UInt8]]) {
        let place = Int.random(in: 0...bytes.count, using: &self)
        let end = min(bytes.count, place + Int.random(in: 1...64, using: &self))
        switch Change.allCases.randomElement(using: &self) {
        case .flip where place < bytes.count:
            bytes[place] ^= 1 << UInt8.random(in: 0...7, using: &self)
        case .replace where place < bytes.count:
            bytes[place] = Self.telling.randomElement(using: &self) ?? 0
        case .remove: bytes.removeSubrange(place..<end)
        case .repeated: bytes.insert(contentsOf: bytes[place..<end], at: place)
        case .insert:
            let count = Int.random(in: 1...9, using: &self)
            for _ in 0..<count { bytes.insert(UInt8.random(in: 0...255, using: &self), at: place) }
        case .cut: bytes.removeSubrange(place...)
        case .splice:
            let other = corpus.randomElement(using: &self) ?? []
            bytes.replaceSubrange(place..., with: other.suffix(max(0, other.count - place)))
        case .flip, .replace, nil: break
        }
    }
}
