/// Reads a stream of bits, the highest of each number first, and never behind its end.
struct BitReader: Sendable {
    private let bytes: ArraySlice<UInt8>
    /// The next byte to load; an index of `bytes`.
    private var position: Int
    /// Bits loaded and not read yet, from the top; the rest is zero.
    private var loaded: UInt64 = 0
    private var loadedCount = 0

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        position = bytes.startIndex
    }

    /// Bits that are left.
    var remaining: Int { loadedCount + (bytes.endIndex - position) * 8 }

    /// The next 1...64 bits as a number.
    @inline(__always)
    mutating func read(_ count: Int) throws(TSDBFormatError) -> UInt64 {
        if count <= loadedCount { return take(count) }
        return try readAcross(count)
    }

    @inline(__always)
    private mutating func take(_ count: Int) -> UInt64 {
        let value = loaded &>> UInt64(64 &- count)
        // By 64 where all is taken, which has to give zero.
        loaded = loaded << UInt64(count)
        loadedCount &-= count
        return value
    }

    private mutating func readAcross(_ count: Int) throws(TSDBFormatError) -> UInt64 {
        guard count <= remaining else { throw truncated }
        let lower = count - loadedCount
        let upper = loadedCount > 0 ? take(loadedCount) : 0
        load()
        return upper << UInt64(lower) | take(lower)
    }

    private mutating func load() {
        let count = min(8, bytes.endIndex - position)
        if count == 8 {
            let offset = position - bytes.startIndex
            loaded = bytes.withUnsafeBytes {
                UInt64(bigEndian: $0.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
            }
            position += 8
            loadedCount = 64
            return
        }
        var word: UInt64 = 0
        for byte in bytes[position..<position + count] { word = word << 8 | UInt64(byte) }
        position += count
        loaded = word << UInt64(64 - 8 * count)
        loadedCount = 8 * count
    }

    /// Go's unsigned varint, byte by byte.
    mutating func readUvarint() throws(TSDBFormatError) -> UInt64 {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 70, by: 7) {
            let byte = try read(8)
            guard shift < 63 || byte <= 1 else { break }
            value |= (byte & 0x7F) << shift
            if byte < 0x80 { return value }
        }
        throw corrupt("varint overflows a 64-bit integer")
    }

    /// Go's signed varint, byte by byte.
    mutating func readVarint() throws(TSDBFormatError) -> Int64 {
        Int64(zigzag: try readUvarint())
    }

    func corrupt(_ message: String) -> TSDBFormatError {
        TSDBFormatError(.corrupt, message, at: place)
    }

    private var truncated: TSDBFormatError {
        TSDBFormatError(.corrupt, "chunk ends within a sample", at: place)
    }

    private var place: Int { position - loadedCount / 8 }
}

extension Int64 {
    init(zigzag: UInt64) {
        self = Int64(bitPattern: zigzag >> 1) ^ -Int64(zigzag & 1)
    }
}
