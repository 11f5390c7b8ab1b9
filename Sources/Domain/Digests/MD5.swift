import Glibc

/// MD5 (RFC 1321), with which S3 notices a body that was damaged on its way; it protects nothing.
package struct MD5: Sendable {
    private var blocks = BlockStream()
    /// RFC 1321, section 3.3.
    private var state: [UInt32] = [0x6745_2301, 0xEFCD_AB89, 0x98BA_DCFE, 0x1032_5476]

    package init() {}

    /// The 16 bytes of the digest of one message.
    package static func digest(_ message: [UInt8]) -> [UInt8] {
        var hash = MD5()
        hash.update(message)
        return hash.digest
    }

    package mutating func update(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { bytes in
            blocks.append(bytes) { Self.compress($0, into: &state) }
        }
    }

    /// The 16 bytes of the digest of what came so far.
    package var digest: [UInt8] {
        var end = self
        end.blocks.finish(isBigEndian: false) { Self.compress($0, into: &end.state) }
        return end.state.flatMap { word in
            (0..<4).map { UInt8(truncatingIfNeeded: word >> UInt32(8 * $0)) }
        }
    }
}

extension MD5 {
    /// The table T: the first 32 bits behind the point of |sin i|.
    private static let sines = (1...64).map { UInt32(4_294_967_296 * abs(sin(Double($0)))) }
    private static let rotations: [UInt32] = [
        7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21,
    ]

    /// Section 3.4; in plain pointers and loops, because every uploaded byte passes here and an
    /// unoptimised build has to bear it, too.
    private static func compress(_ block: UnsafeRawPointer, into state: inout [UInt32]) {
        state.withUnsafeMutableBufferPointer { state in
            sines.withUnsafeBufferPointer { sines in
                rotations.withUnsafeBufferPointer { rotations in
                    guard let state = state.baseAddress, let sines = sines.baseAddress,
                        let rotations = rotations.baseAddress
                    else { return }
                    mix(block, sines, rotations, into: state)
                }
            }
        }
    }

    private static func mix(
        _ block: UnsafeRawPointer, _ sines: UnsafePointer<UInt32>,
        _ rotations: UnsafePointer<UInt32>, into state: UnsafeMutablePointer<UInt32>
    ) {
        var (a, b, c, d) = (state[0], state[1], state[2], state[3])
        var index = 0
        while index < 64 {
            let round = index &>> 4
            let (mixed, place) =
                switch round {
                case 0: ((b & c) | (~b & d), index)
                case 1: ((d & b) | (~d & c), (5 &* index &+ 1) & 15)
                case 2: (b ^ c ^ d, (3 &* index &+ 5) & 15)
                default: (c ^ (b | ~d), (7 &* index) & 15)
                }
            let word = block.loadUnaligned(fromByteOffset: 4 &* place, as: UInt32.self)
            let sum = a &+ mixed &+ sines[index] &+ word.littleEndian
            let bits = rotations[4 &* round &+ (index & 3)]
            (a, d, c, b) = (d, c, b, b &+ (sum &<< bits | sum &>> (32 &- bits)))
            index += 1
        }
        state[0] &+= a
        state[1] &+= b
        state[2] &+= c
        state[3] &+= d
    }
}
