/// How a segment of the log is laid out (Prometheus' tsdb/wlog/wlog.go).
///
///     page of 32 KiB: fragment │ fragment │ … │ zeros
///     fragment:       u8 kind and compression │ be16 length │ be32 checksum │ data
package enum WALPage {
    package static let size = 32_768
    /// Bytes before a fragment's data.
    static let headerSize = 7
    /// Bytes of a whole segment.
    package static let segmentSize = 128 << 20

    /// Which part of its record a fragment is; the low three bits of its first byte.
    enum Kind: UInt8 {
        /// The rest of the page is zero.
        case padding = 0
        case full = 1
        case first = 2
        case middle = 3
        case last = 4
    }

    static let kindMask: UInt8 = 0x07
    static let snappyFlag: UInt8 = 0x08
    static let zstdFlag: UInt8 = 0x10
}
