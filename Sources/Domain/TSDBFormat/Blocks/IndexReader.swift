import SnappyCodec
import TimeSeries

/// Answers from the bytes of a file `index`; what it holds beside them is small.
package struct IndexReader: Sendable {
    /// Bytes of labels that one series may have; symbols repeat, so a small file could claim more
    /// than memory holds.
    private static let labelsLimit = 16 << 20

    private let bytes: [UInt8]
    /// Where each symbol begins, with its length before it.
    private let symbols: [UInt32]
    /// Lists of series under a label's name, by value.
    private let lists: [ArraySlice<UInt8>: [PostingsList]]

    /// Which series have a label; the list itself is read when it is asked for.
    package struct PostingsList: Hashable, Sendable {
        package let value: ArraySlice<UInt8>
        let offset: Int
    }

    /// Checks the frame of the file; series and lists are checked when they are read.
    package init(_ bytes: [UInt8]) throws(TSDBFormatError) {
        var header = ByteReader(bytes)
        guard try header.be32() == IndexFile.magic else {
            throw header.corrupt("invalid magic number")
        }
        let version = try header.u8()
        guard version == IndexFile.version else {
            throw TSDBFormatError(.unsupported, "unknown index file version \(version)", at: 4)
        }
        let contents = try Contents(of: bytes)
        self.bytes = bytes
        symbols = try Self.symbols(in: Self.section(at: contents.symbols, of: bytes))
        lists = try Self.lists(in: Self.section(at: contents.postingsTable, of: bytes))
    }

    /// Where the parts of the file are; of the six that are written two are read.
    private struct Contents {
        let symbols: Int
        let postingsTable: Int

        init(of bytes: [UInt8]) throws(TSDBFormatError) {
            var reader = ByteReader(bytes.suffix(IndexFile.contentsSize))
            let guarded = reader.rest.dropLast(4)
            var offsets: [Int] = []
            for _ in 0..<6 { offsets.append(Int(truncatingIfNeeded: try reader.be64())) }
            guard try reader.be32() == CRC32C.checksum(guarded) else {
                throw reader.corrupt("read TOC: invalid checksum")
            }
            symbols = offsets[0]
            postingsTable = offsets[5]
        }
    }
}

extension IndexReader {
    /// The content of a section, whose length and checksum are right.
    private static func section(
        at offset: Int, of bytes: [UInt8]
    ) throws(TSDBFormatError) -> ByteReader {
        guard offset >= IndexFile.headerSize, offset < bytes.count else {
            throw TSDBFormatError(.corrupt, "section lies outside of the file", at: offset)
        }
        var reader = ByteReader(bytes[offset...])
        let content = try reader.bytes(Int(try reader.be32()))
        guard try reader.be32() == CRC32C.checksum(content) else {
            throw TSDBFormatError(.corrupt, "invalid checksum", at: offset)
        }
        return ByteReader(content)
    }

    private static func symbols(in section: ByteReader) throws(TSDBFormatError) -> [UInt32] {
        var section = section
        var symbols: [UInt32] = []
        for _ in 0..<(try section.be32()) {
            symbols.append(UInt32(truncatingIfNeeded: section.position))
            _ = try section.text()
        }
        return symbols
    }

    private static func lists(
        in section: ByteReader
    ) throws(TSDBFormatError) -> [ArraySlice<UInt8>: [PostingsList]] {
        var section = section
        var lists: [ArraySlice<UInt8>: [PostingsList]] = [:]
        for _ in 0..<(try section.be32()) {
            let parts = try section.uvarint()
            guard parts == 2 else {
                throw section.corrupt("unexpected key length for posting table \(parts)")
            }
            let name = try section.text()
            let value = try section.text()
            let offset = Int(truncatingIfNeeded: try section.uvarint())
            lists[name, default: []].append(PostingsList(value: value, offset: offset))
        }
        return lists
    }
}

extension IndexReader {
    /// All names of labels, sorted.
    package var labelNames: [ArraySlice<UInt8>] {
        lists.keys.filter { !$0.isEmpty }.sorted { $0.lexicographicallyPrecedes($1) }
    }

    /// The lists of a label's values, sorted by value; empty where no series has it.
    package func lists(of name: some Collection<UInt8>) -> [PostingsList] {
        lists[ArraySlice(name)] ?? []
    }

    /// All series, ascending.
    package func allSeries() throws(TSDBFormatError) -> [UInt32] {
        guard let list = lists[[]]?.first else { return [] }
        return try series(in: list)
    }

    /// The series of a list, ascending.
    package func series(in list: PostingsList) throws(TSDBFormatError) -> [UInt32] {
        var section = try Self.section(at: list.offset, of: bytes)
        let count = Int(try section.be32())
        guard section.remaining == count * 4 else {
            throw section.corrupt("unexpected postings length")
        }
        var series: [UInt32] = []
        series.reserveCapacity(count)
        for _ in 0..<count { series.append(try section.be32()) }
        return series
    }

    /// The labels and chunks of a series that a list names.
    package func series(_ reference: UInt32) throws(TSDBFormatError) -> IndexedSeries {
        let offset = Int(reference) * IndexFile.seriesAlignment
        guard offset < bytes.count else {
            throw TSDBFormatError(.corrupt, "series lies outside of the file", at: offset)
        }
        var reader = ByteReader(bytes[offset...])
        let body = try reader.text()
        guard try reader.be32() == CRC32C.checksum(body) else {
            throw TSDBFormatError(.corrupt, "invalid checksum", at: offset)
        }
        var series = ByteReader(body)
        return IndexedSeries(labels: try labels(from: &series), chunks: try series.chunks())
    }

    private func labels(from reader: inout ByteReader) throws(TSDBFormatError) -> LabelSet {
        var wire: [UInt8] = []
        for _ in 0..<(try reader.count(ofSize: 2)) {
            let name = try symbol(try reader.uvarint())
            let value = try symbol(try reader.uvarint())
            guard wire.count + name.count + value.count <= Self.labelsLimit else {
                throw reader.corrupt("series has too many labels")
            }
            LabelSet.append(name: name, value: value, to: &wire)
        }
        return LabelSet(canonicalWire: wire)
    }

    private func symbol(_ number: UInt64) throws(TSDBFormatError) -> ArraySlice<UInt8> {
        guard number < UInt64(symbols.count) else {
            throw TSDBFormatError(.corrupt, "unknown symbol offset \(number)", at: 0)
        }
        var reader = ByteReader(bytes[Int(symbols[Int(number)])...])
        return try reader.text()
    }
}

extension ByteReader {
    /// Chunks, each by its difference to the one before.
    fileprivate mutating func chunks() throws(TSDBFormatError) -> [ChunkMeta] {
        var chunks: [ChunkMeta] = []
        for _ in 0..<(try count(ofSize: 3)) {
            let minTime: Int64
            let length: UInt64
            let reference: UInt64
            if let before = chunks.last {
                minTime = before.maxTime &+ Int64(bitPattern: try uvarint())
                length = try uvarint()
                reference = before.reference.rawValue &+ UInt64(bitPattern: try varint())
            } else {
                minTime = try varint()
                length = try uvarint()
                reference = try uvarint()
            }
            chunks.append(
                ChunkMeta(
                    minTime: minTime, maxTime: minTime &+ Int64(bitPattern: length),
                    reference: ChunkReference(rawValue: reference)))
        }
        return chunks
    }
}
