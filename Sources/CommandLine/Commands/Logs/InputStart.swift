/// What the first bytes of an input tell.
enum InputStart: Equatable {
    case unknown, text, binary
    /// Surely no log; in words, with what to do.
    case foreign(String)

    private static let forms: [([UInt8], String)] = [
        ([0x1F, 0x8B], packed("gzip", "zcat")),
        ([0x28, 0xB5, 0x2F, 0xFD], packed("zstd", "zstdcat")),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], packed("xz", "xzcat")),
        ([0x42, 0x5A, 0x68], packed("bzip2", "bzcat")),
        ([0xFF, 0xFE], utf16), ([0xFE, 0xFF], utf16),
    ]

    private static let utf16 =
        "UTF-16; write it as UTF-8 first: iconv -f UTF-16 -t UTF-8 FILE | thanosctl logs explain"

    private static func packed(_ format: String, _ tool: String) -> String {
        "compressed with \(format); unpack it first: \(tool) FILE | thanosctl logs explain"
    }

    init(_ bytes: UnsafeRawBufferPointer) {
        if let form = Self.forms.first(where: { bytes.starts(with: $0.0) }) {
            self = .foreign(form.1)
        } else {
            self = bytes.contains(0) ? .binary : .text
        }
    }
}
