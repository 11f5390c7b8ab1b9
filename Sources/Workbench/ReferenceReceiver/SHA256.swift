/// SHA-256 (FIPS 180-4), which Thanos takes the ring's fingerprint with; no secret passes here.
enum SHA256 {
    private static let roundConstants: [UInt32] = fractions(ofRootsOf: primes(64), cubic: true)
    private static let initialState: [UInt32] = fractions(ofRootsOf: primes(8), cubic: false)

    static func digest(_ message: [UInt8]) -> [UInt8] {
        var padded = message + [0x80]
        padded += [UInt8](repeating: 0, count: (120 - padded.count % 64) % 64)
        let bits = UInt64(message.count) * 8
        padded += (0..<8).map { UInt8(truncatingIfNeeded: bits >> UInt64(56 - 8 * $0)) }
        var state = initialState
        for start in stride(from: 0, to: padded.count, by: 64) {
            compress(padded[start..<start + 64], into: &state)
        }
        return state.flatMap { word in
            (0..<4).map { UInt8(truncatingIfNeeded: word >> UInt32(24 - 8 * $0)) }
        }
    }

    private static func compress(_ block: ArraySlice<UInt8>, into state: inout [UInt32]) {
        let words = schedule(block)
        var v = state
        for index in 0..<64 {
            let sum1 = rotate(v[4], 6) ^ rotate(v[4], 11) ^ rotate(v[4], 25)
            let choice = (v[4] & v[5]) ^ (~v[4] & v[6])
            let first = v[7] &+ sum1 &+ choice &+ roundConstants[index] &+ words[index]
            let sum0 = rotate(v[0], 2) ^ rotate(v[0], 13) ^ rotate(v[0], 22)
            let majority = (v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2])
            v = [
                first &+ sum0 &+ majority, v[0], v[1], v[2], v[3] &+ first, v[4], v[5], v[6],
            ]
        }
        for index in 0..<8 { state[index] &+= v[index] }
    }

    private static func schedule(_ block: ArraySlice<UInt8>) -> [UInt32] {
        var words = stride(from: block.startIndex, to: block.endIndex, by: 4).map { start in
            block[start..<start + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        }
        for index in 16..<64 {
            let near = words[index - 2]
            let far = words[index - 15]
            words.append(
                (rotate(near, 17) ^ rotate(near, 19) ^ near >> 10) &+ words[index - 7]
                    &+ (rotate(far, 7) ^ rotate(far, 18) ^ far >> 3) &+ words[index - 16])
        }
        return words
    }

    private static func rotate(_ word: UInt32, _ bits: UInt32) -> UInt32 {
        word >> bits | word << (32 - bits)
    }

    private static func primes(_ count: Int) -> [UInt64] {
        var primes: [UInt64] = []
        var candidate: UInt64 = 2
        while primes.count < count {
            if primes.allSatisfy({ candidate % $0 != 0 }) { primes.append(candidate) }
            candidate += 1
        }
        return primes
    }

    /// The first 32 bits behind the point of square or cube roots, by which the standard defines
    /// its constants; found by bisection in whole numbers.
    private static func fractions(ofRootsOf numbers: [UInt64], cubic: Bool) -> [UInt32] {
        numbers.map { number in
            var root: UInt64 = 0
            for bit in (0..<37).reversed() {
                let candidate = root | 1 << UInt64(bit)
                if power(candidate, cubic) <= target(number, cubic) { root = candidate }
            }
            return UInt32(truncatingIfNeeded: root)
        }
    }

    private static func power(_ value: UInt64, _ cubic: Bool) -> UInt128 {
        let wide = UInt128(value)
        return cubic ? wide * wide * wide : wide * wide
    }

    private static func target(_ number: UInt64, _ cubic: Bool) -> UInt128 {
        UInt128(number) << (cubic ? 96 : 64)
    }
}
