/// The floats of one series over some time, as it grows
/// (`XORChunk` in Prometheus' tsdb/chunkenc/xor.go).
///
///     be16 count │ t₀ varint, v₀ 64 bits │ t₁-t₀ uvarint, v₁ xor v₀ │ Δ of Δt, vₙ xor vₙ₋₁ │ …
package struct XORChunk: Sendable {
    /// What the count of a chunk can say.
    package static let maximumCount = Int(UInt16.max)

    private var bits = BitWriter()
    private var value = XORValue(0)
    private var timestamp: Int64 = 0
    private var delta: Int64 = 0
    private var written: UInt16 = 0

    package init() {}

    package var count: Int { Int(written) }

    /// Bytes of the payload so far.
    package var byteCount: Int { 2 + bits.byteCount }

    /// Appends a sample, at best one that is newer than the last; milliseconds.
    ///
    /// At most `maximumCount` times. Complexity: constant, amortised.
    package mutating func append(timestamp: Int64, value: Double) {
        precondition(written < UInt16.max, "a chunk holds \(Self.maximumCount) samples")
        let delta = timestamp &- self.timestamp
        if written > 1 {
            writeChange(of: delta &- self.delta)
        } else if written == 1 {
            bits.writeUvarint(UInt64(bitPattern: delta))
        } else {
            bits.writeVarint(timestamp)
        }
        if written == 0 {
            bits.write(value.bitPattern, count: 64)
            self.value = XORValue(value.bitPattern)
        } else {
            self.value.write(value.bitPattern, to: &bits)
        }
        self.delta = delta
        self.timestamp = timestamp
        written += 1
    }

    @inline(__always)
    private mutating func writeChange(of delta: Int64) {
        if delta == 0 {
            bits.write(0, count: 1)
        } else if delta.fits(bits: 14) {
            bits.write(0b10 << 14 | delta.low(14), count: 16)
        } else if delta.fits(bits: 17) {
            bits.write(0b110 << 17 | delta.low(17), count: 20)
        } else if delta.fits(bits: 20) {
            bits.write(0b1110 << 20 | delta.low(20), count: 24)
        } else {
            bits.write(0b1111, count: 4)
            bits.write(UInt64(bitPattern: delta), count: 64)
        }
    }

    /// The chunk as it is stored, without its frame.
    package var payload: [UInt8] {
        bits.bytes(after: [UInt8(written >> 8), UInt8(truncatingIfNeeded: written)])
    }
}

extension Int64 {
    /// Whether so many bits hold the number: one more above zero than below (`bitRange`).
    @inline(__always)
    func fits(bits: Int64) -> Bool {
        let top: Int64 = 1 &<< (bits &- 1)
        return self > -top && self <= top
    }

    @inline(__always)
    func low(_ bits: UInt64) -> UInt64 {
        UInt64(bitPattern: self) & (1 &<< bits &- 1)
    }

    /// The number whose low bits these are; the other way of `low`.
    init(low: UInt64, bits: UInt64) {
        self = Int64(bitPattern: low > 1 << (bits - 1) ? low &- 1 << bits : low)
    }
}
