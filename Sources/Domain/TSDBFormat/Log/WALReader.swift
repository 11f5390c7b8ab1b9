import SnappyCodec

/// Reads the records of one segment (`Reader` in Prometheus' tsdb/wlog/reader.go).
package struct WALReader: Sendable {
    /// Bytes that a compressed record may stand for.
    private static let recordLimit = 256 << 20

    private let bytes: [UInt8]
    private var position = 0
    private var record: [UInt8] = []
    private var fragments = 0
    private var isBroken = false

    /// Where the last whole record ended; what a repair keeps.
    package private(set) var validEnd = 0

    package init(segment: [UInt8]) {
        bytes = segment
    }

    /// The next record; nil behind the last, and after an error.
    ///
    /// An error's offset is where the record in question begins. Code `torn` means that the segment
    /// ends within it, so that a crash may have been the reason.
    package mutating func next() throws(TSDBFormatError) -> [UInt8]? {
        guard !isBroken else { return nil }
        isBroken = true
        let record = try nextRecord()
        isBroken = false
        return record
    }

    private mutating func nextRecord() throws(TSDBFormatError) -> [UInt8]? {
        record = []
        fragments = 0
        while position < bytes.count {
            guard let head = try fragment() else { continue }
            let kind = head & WALPage.kindMask
            if kind == WALPage.Kind.full.rawValue || kind == WALPage.Kind.last.rawValue {
                let record = try decompressed(head)
                validEnd = position
                return record
            }
            fragments += 1
        }
        guard fragments == 0 else { throw error(.torn, "last record is torn") }
        return nil
    }

    /// Adds a fragment to the record and answers its first byte; nil for padding.
    private mutating func fragment() throws(TSDBFormatError) -> UInt8? {
        let start = position
        let head = bytes[start]
        guard head & WALPage.kindMask != WALPage.Kind.padding.rawValue else {
            try skipPadding()
            return nil
        }
        let data = try checkedData(of: start)
        try check(head & WALPage.kindMask)
        record += data
        position = data.endIndex
        return head
    }

    /// The data of the fragment that starts here; its checksum is right.
    private func checkedData(of start: Int) throws(TSDBFormatError) -> ArraySlice<UInt8> {
        var reader = ByteReader(bytes[(start + 1)...])
        guard reader.remaining >= WALPage.headerSize - 1 else {
            throw error(.torn, "read remaining header: unexpected EOF")
        }
        let length = Int(try reader.be16())
        let expected = try reader.be32()
        guard length <= WALPage.size - WALPage.headerSize else {
            throw error(.corrupt, "invalid record size \(length)")
        }
        guard reader.remaining >= length else {
            throw error(.torn, "invalid size: expected \(length), got \(reader.remaining)")
        }
        let data = try reader.bytes(length)
        let actual = CRC32C.checksum(data)
        guard actual == expected else {
            // What a crash leaves of the last fragment may have its length and not its data.
            throw error(
                reader.isAtEnd ? .torn : .corrupt,
                "unexpected checksum \(hex(actual)), expected \(hex(expected))")
        }
        return data
    }

    /// The order of fragments (`validateRecord`).
    private func check(_ kind: UInt8) throws(TSDBFormatError) {
        let isInside = fragments > 0
        switch WALPage.Kind(rawValue: kind) {
        case .full where isInside: throw error(.corrupt, "unexpected full record")
        case .first where isInside:
            throw error(.corrupt, "unexpected first record, dropping buffer")
        case .middle where !isInside:
            throw error(.corrupt, "unexpected middle record, dropping buffer")
        case .last where !isInside:
            throw error(.corrupt, "unexpected last record, dropping buffer")
        case .full, .first, .middle, .last, .padding: return
        case nil: throw error(.corrupt, "unexpected record type \(kind)")
        }
    }

    private mutating func skipPadding() throws(TSDBFormatError) {
        let pageEnd = (position / WALPage.size + 1) * WALPage.size
        let padding = bytes[(position + 1)..<min(pageEnd, bytes.count)]
        guard padding.allSatisfy({ $0 == 0 }) else {
            throw error(.corrupt, "unexpected non-zero byte in padded page")
        }
        guard pageEnd <= bytes.count else {
            throw error(.torn, "read remaining zeros: unexpected EOF")
        }
        position = pageEnd
    }

    private func decompressed(_ head: UInt8) throws(TSDBFormatError) -> [UInt8] {
        if head & WALPage.zstdFlag != 0 {
            throw error(.unsupported, "record is compressed with zstd")
        }
        guard head & WALPage.snappyFlag != 0, !record.isEmpty else { return record }
        do {
            return try SnappyBlock.decode(record, limit: Self.recordLimit)
        } catch {
            throw self.error(.corrupt, "snappy: \(error.message)")
        }
    }

    private func error(_ code: TSDBFormatError.Code, _ message: String) -> TSDBFormatError {
        TSDBFormatError(code, message, at: validEnd)
    }

    private func hex(_ value: UInt32) -> String { String(value, radix: 16) }
}
