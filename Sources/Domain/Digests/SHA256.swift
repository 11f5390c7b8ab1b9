/// SHA-256 (FIPS 180-4) of a message that may come in pieces; no secret passes here.
package struct SHA256: Sendable {
    private var blocks = BlockStream()
    private var state = Self.initialState

    package init() {}

    /// The 32 bytes of the digest of one message.
    package static func digest(_ message: [UInt8]) -> [UInt8] {
        var hash = SHA256()
        hash.update(message)
        return hash.digest
    }

    package mutating func update(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { bytes in
            blocks.append(bytes) { Self.compress($0, into: &state) }
        }
    }

    /// The 32 bytes of the digest of what came so far.
    package var digest: [UInt8] {
        var end = self
        end.blocks.finish(isBigEndian: true) { Self.compress($0, into: &end.state) }
        return end.state.flatMap { word in
            (0..<4).map { UInt8(truncatingIfNeeded: word >> UInt32(24 - 8 * $0)) }
        }
    }
}

extension SHA256 {
    private static let roundConstants = fractions(ofRootsOf: primes(64), cubic: true)
    private static let initialState = fractions(ofRootsOf: primes(8), cubic: false)

    /// Section 6.2.2; in plain pointers and loops, because every uploaded byte passes here and an
    /// unoptimised build has to bear it, too.
    private static func compress(_ block: UnsafeRawPointer, into state: inout [UInt32]) {
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 64) { schedule in
            guard let words = schedule.baseAddress else { return }
            expand(block, into: words)
            state.withUnsafeMutableBufferPointer { state in
                roundConstants.withUnsafeBufferPointer { constants in
                    guard let state = state.baseAddress, let constants = constants.baseAddress
                    else { return }
                    mix(words, constants, into: state)
                }
            }
        }
    }

    private static func expand(
        _ block: UnsafeRawPointer, into words: UnsafeMutablePointer<UInt32>
    ) {
        var index = 0
        while index < 16 {
            let word = block.loadUnaligned(fromByteOffset: 4 * index, as: UInt32.self)
            words[index] = word.bigEndian
            index += 1
        }
        while index < 64 {
            let near = words[index - 2]
            let far = words[index - 15]
            let sigma1 = rotate(near, 17) ^ rotate(near, 19) ^ near >> 10
            let sigma0 = rotate(far, 7) ^ rotate(far, 18) ^ far >> 3
            words[index] = sigma1 &+ words[index - 7] &+ sigma0 &+ words[index - 16]
            index += 1
        }
    }

    private static func mix(
        _ words: UnsafeMutablePointer<UInt32>, _ constants: UnsafePointer<UInt32>,
        into state: UnsafeMutablePointer<UInt32>
    ) {
        var (a, b, c, d) = (state[0], state[1], state[2], state[3])
        var (e, f, g, h) = (state[4], state[5], state[6], state[7])
        var index = 0
        while index < 64 {
            let sum1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)
            let choice = (e & f) ^ (~e & g)
            let first = h &+ sum1 &+ choice &+ constants[index] &+ words[index]
            let sum0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)
            let majority = (a & b) ^ (a & c) ^ (b & c)
            (h, g, f, e) = (g, f, e, d &+ first)
            (d, c, b, a) = (c, b, a, first &+ sum0 &+ majority)
            index += 1
        }
        state[0] &+= a
        state[1] &+= b
        state[2] &+= c
        state[3] &+= d
        state[4] &+= e
        state[5] &+= f
        state[6] &+= g
        state[7] &+= h
    }

    @inline(__always)
    private static func rotate(_ word: UInt32, _ bits: UInt32) -> UInt32 {
        word &>> bits | word &<< (32 &- bits)
    }
}

extension SHA256 {
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
