/// Reads what Prometheus' `encoding.Encbuf` writes, and never behind the end.
struct ByteReader {
    private let bytes: ArraySlice<UInt8>
    /// An index of `bytes`.
    private(set) var position: Int

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        position = bytes.startIndex
    }

    init(_ bytes: [UInt8]) {
        self.init(bytes[...])
    }

    var remaining: Int { bytes.endIndex - position }
    var isAtEnd: Bool { position == bytes.endIndex }
    var rest: ArraySlice<UInt8> { bytes[position...] }

    mutating func u8() throws(TSDBFormatError) -> UInt8 {
        guard position < bytes.endIndex else { throw tooShort }
        defer { position += 1 }
        return bytes[position]
    }

    mutating func be16() throws(TSDBFormatError) -> UInt16 { try bigEndian() }
    mutating func be32() throws(TSDBFormatError) -> UInt32 { try bigEndian() }
    mutating func be64() throws(TSDBFormatError) -> UInt64 { try bigEndian() }

    mutating func double() throws(TSDBFormatError) -> Double {
        Double(bitPattern: try be64())
    }

    private mutating func bigEndian<Number: FixedWidthInteger & BitwiseCopyable>()
        throws(TSDBFormatError) -> Number
    {
        let size = MemoryLayout<Number>.size
        guard remaining >= size else { throw tooShort }
        let offset = position - bytes.startIndex
        position += size
        return Number(
            bigEndian: bytes.withUnsafeBytes {
                $0.loadUnaligned(fromByteOffset: offset, as: Number.self)
            })
    }

    /// Go's unsigned varint.
    mutating func uvarint() throws(TSDBFormatError) -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while position < bytes.endIndex {
            let byte = bytes[position]
            guard shift < 63 || byte <= 1 else { throw corrupt("varint overflows 64 bits") }
            position += 1
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
            shift += 7
        }
        throw tooShort
    }

    /// Go's signed varint.
    mutating func varint() throws(TSDBFormatError) -> Int64 {
        Int64(zigzag: try uvarint())
    }

    /// A uvarint that counts things of at least `size` bytes each, so many as may still follow.
    mutating func count(ofSize size: Int = 1) throws(TSDBFormatError) -> Int {
        let start = position
        let count = try uvarint()
        guard count <= UInt64(remaining / size) else {
            throw TSDBFormatError(.corrupt, "\(count) are more than can follow", at: start)
        }
        return Int(count)
    }

    mutating func bytes(_ count: Int) throws(TSDBFormatError) -> ArraySlice<UInt8> {
        guard count >= 0, count <= remaining else { throw tooShort }
        defer { position += count }
        return bytes[position..<position + count]
    }

    /// A text with its length before it.
    mutating func text() throws(TSDBFormatError) -> ArraySlice<UInt8> {
        try bytes(try count())
    }

    func corrupt(_ message: String) -> TSDBFormatError {
        TSDBFormatError(.corrupt, message, at: position)
    }

    private var tooShort: TSDBFormatError { corrupt("invalid size") }
}
