/// Why a block could not be decompressed.
package enum SnappyError: Error, Hashable, Sendable {
    /// The bytes are no snappy block.
    case corrupt
    /// The block declares more bytes than the caller accepts.
    case tooLarge(declared: Int, limit: Int)

    /// The text of the S2 library that Thanos decodes with, without its prefix `s2: `.
    package var message: String {
        switch self {
        case .corrupt: "corrupt input"
        case .tooLarge: "decoded block is too large"
        }
    }
}
