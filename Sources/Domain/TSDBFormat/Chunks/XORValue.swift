import TimeSeries

/// A float among floats of the same kind, written as the bits in which it differs from the last
/// (`xorWrite` and `xorRead` in Prometheus' tsdb/chunkenc/xor.go).
struct XORValue: Sendable {
    private(set) var bits: UInt64
    /// Zero bits before and behind those written last; `noWindow` while there were none.
    private var leading: UInt8 = Self.noWindow
    private var trailing: UInt8 = 0

    private static let noWindow: UInt8 = 0xFF

    init(_ bits: UInt64) {
        self.bits = bits
    }

    var value: Double { Double(bitPattern: bits) }

    var isStaleMarker: Bool { bits == Sample.staleMarker.bitPattern }

    @inline(__always)
    mutating func write(_ next: UInt64, to output: inout BitWriter) {
        let difference = bits ^ next
        guard difference != 0 else { return output.write(0, count: 1) }
        bits = next
        let leadingNow = min(UInt8(truncatingIfNeeded: difference.leadingZeroBitCount), 31)
        let trailingNow = UInt8(truncatingIfNeeded: difference.trailingZeroBitCount)
        if leading != Self.noWindow, leadingNow >= leading, trailingNow >= trailing {
            output.write(0b10, count: 2)
        } else {
            leading = leadingNow
            trailing = trailingNow
            // 64 significant bits do not fit into 6 and are written as 0.
            let header = 0b11 << 11 | UInt64(leading) << 6 | UInt64(significant & 63)
            output.write(header, count: 13)
        }
        output.write(difference &>> UInt64(trailing), count: significant)
    }

    mutating func read(from input: inout BitReader) throws(TSDBFormatError) {
        guard try input.read(1) == 1 else { return }
        if try input.read(1) == 1 {
            leading = UInt8(try input.read(5))
            let count = UInt8(try input.read(6))
            let significant = count == 0 ? 64 : count
            guard leading + significant <= 64 else {
                throw input.corrupt("\(leading) leading and \(significant) significant bits")
            }
            trailing = 64 - leading - significant
        }
        guard leading != Self.noWindow else { throw input.corrupt("value without a window") }
        bits ^= try input.read(significant) << UInt64(trailing)
    }

    private var significant: Int { 64 &- Int(leading) &- Int(trailing) }
}
