import SnappyCodec

/// Cuts records into the pages of one segment.
package struct WALPageWriter: Sendable {
    private let segmentSize: Int
    /// Bytes of the segment so far.
    package private(set) var offset: Int

    /// Continues a segment that has `offset` bytes; both in bytes.
    package init(offset: Int = 0, segmentSize: Int = WALPage.segmentSize) {
        self.offset = offset
        self.segmentSize = segmentSize
    }

    /// Appends the bytes that the segment gets for a record.
    ///
    /// False, and nothing is appended, where the record belongs into a new segment; a new segment
    /// takes every record.
    package mutating func append(
        _ record: [UInt8], compressing: Bool = true, to output: inout [UInt8]
    ) -> Bool {
        let compressed = compressing ? SnappyBlock.encode(record) : record
        let flag = compressed.count < record.count ? WALPage.snappyFlag : 0
        let data = flag == 0 ? record : compressed
        guard offset == 0 || data.count <= room else { return false }
        var rest = data[...]
        var isFirst = true
        repeat {
            // A page may end with a bare header, so that the first fragment may be empty.
            let part = rest.prefix(roomInPage)
            rest = rest.dropFirst(part.count)
            let kind = Self.kind(isFirst: isFirst, isLast: rest.isEmpty)
            append(kind.rawValue | flag, part, to: &output)
            isFirst = false
        } while !rest.isEmpty
        return true
    }

    /// Fills a page that was begun with zeros, as before a segment is continued.
    package mutating func pad(to output: inout [UInt8]) {
        guard offset % WALPage.size > 0 else { return }
        let count = WALPage.size - offset % WALPage.size
        output.append(contentsOf: repeatElement(0, count: count))
        offset += count
    }

    private mutating func append(
        _ head: UInt8, _ data: ArraySlice<UInt8>, to output: inout [UInt8]
    ) {
        output.append(head)
        output.appendBigEndian(UInt16(data.count))
        output.appendBigEndian(CRC32C.checksum(data))
        output.append(contentsOf: data)
        offset += WALPage.headerSize + data.count
        if WALPage.size - offset % WALPage.size < WALPage.headerSize { pad(to: &output) }
    }

    private static func kind(isFirst: Bool, isLast: Bool) -> WALPage.Kind {
        switch (isFirst, isLast) {
        case (true, true): .full
        case (true, false): .first
        case (false, false): .middle
        case (false, true): .last
        }
    }

    /// Bytes of data that a fragment may still have in this page; pages are never left with less
    /// than a header.
    private var roomInPage: Int { WALPage.size - offset % WALPage.size - WALPage.headerSize }

    /// Bytes of data that the rest of the segment holds.
    private var room: Int {
        let pages = segmentSize / WALPage.size - offset / WALPage.size - 1
        return roomInPage + pages * (WALPage.size - WALPage.headerSize)
    }
}
