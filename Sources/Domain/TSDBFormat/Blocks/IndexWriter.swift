import SnappyCodec
import TimeSeries

/// Makes the file `index` of a block.
package struct IndexWriter {
    private var file: [UInt8] = []
    private let symbols: SymbolNumbers
    private var references: [UInt32] = []
    private var memberships: [Membership] = []

    /// That a series has a label, which is two symbols.
    private struct Membership {
        let label: UInt64
        let series: UInt32

        init(name: UInt32, value: UInt32, series: UInt32) {
            label = UInt64(name) << 32 | UInt64(value)
            self.series = series
        }

        var name: UInt32 { UInt32(label >> 32) }
        var value: UInt32 { UInt32(truncatingIfNeeded: label) }
    }

    /// The file for series that are sorted by their labels, each once; their chunks lie in this
    /// order as well.
    ///
    /// Complexity: n log n, and memory of a few times the file.
    package static func file(of series: [IndexedSeries]) -> [UInt8] {
        var writer = IndexWriter(symbols: SymbolNumbers(of: series))
        writer.write(series)
        return writer.file
    }

    private init(symbols: SymbolNumbers) {
        self.symbols = symbols
    }

    private mutating func write(_ series: [IndexedSeries]) {
        file.appendBigEndian(IndexFile.magic)
        file.append(IndexFile.version)
        let symbolsStart = file.count
        writeSymbols()
        let seriesStart = file.count
        for series in series { write(series) }
        let postingsStart = file.count
        let table = writePostings()
        let tableStart = file.count
        file.appendSection { $0 += table }
        // Label indices and their table are not written any more and share others' places.
        let contents = [
            symbolsStart, seriesStart, postingsStart, tableStart, postingsStart, tableStart,
        ]
        let start = file.count
        for offset in contents { file.appendBigEndian(UInt64(offset)) }
        file.appendBigEndian(CRC32C.checksum(file[start...]))
    }

    private mutating func writeSymbols() {
        file.appendSection { file in
            file.appendBigEndian(UInt32(symbols.sorted.count))
            for symbol in symbols.sorted { file.appendText(symbol) }
        }
    }

    private mutating func write(_ series: IndexedSeries) {
        file.pad(toMultipleOf: IndexFile.seriesAlignment)
        let reference = UInt32(file.count / IndexFile.seriesAlignment)
        references.append(reference)
        var body: [UInt8] = []
        body.appendUvarint(series.labels.reduce(0) { count, _ in count + 1 })
        for label in series.labels {
            let name = symbols[label.name]
            let value = symbols[label.value]
            body.appendUvarint(UInt64(name))
            body.appendUvarint(UInt64(value))
            memberships.append(Membership(name: name, value: value, series: reference))
        }
        body.append(series.chunks)
        file.appendUvarint(body.count)
        file += body
        file.appendBigEndian(CRC32C.checksum(body))
    }

    /// Writes a list for all series and one a label; the answer is the table that finds them.
    private mutating func writePostings() -> [UInt8] {
        memberships.sort { ($0.label, $0.series) < ($1.label, $1.series) }
        var count: UInt32 = 1
        var entries: [UInt8] = []
        entries.appendEntry(name: [], value: [], offset: writeList(references))
        var rest = memberships[...]
        while let first = rest.first {
            let list = rest.prefix { $0.label == first.label }
            rest = rest[list.endIndex...]
            entries.appendEntry(
                name: symbols.sorted[Int(first.name)], value: symbols.sorted[Int(first.value)],
                offset: writeList(list.map(\.series)))
            count += 1
        }
        var table: [UInt8] = []
        table.appendBigEndian(count)
        return table + entries
    }

    /// Writes a list of series and answers where.
    private mutating func writeList(_ series: [UInt32]) -> Int {
        file.pad(toMultipleOf: 4)
        let offset = file.count
        file.appendSection { file in
            file.appendBigEndian(UInt32(series.count))
            for reference in series { file.appendBigEndian(reference) }
        }
        return offset
    }
}

/// The symbols of an index, and the number of each.
private struct SymbolNumbers {
    let sorted: [ArraySlice<UInt8>]
    private let numbers: [ArraySlice<UInt8>: UInt32]

    init(of series: [IndexedSeries]) {
        var symbols: Set<ArraySlice<UInt8>> = []
        for label in series.lazy.flatMap(\.labels) {
            symbols.insert(label.name)
            symbols.insert(label.value)
        }
        sorted = symbols.sorted { $0.lexicographicallyPrecedes($1) }
        numbers = Dictionary(uniqueKeysWithValues: zip(sorted, 0...))
    }

    /// The number of a symbol of one of the series.
    subscript(symbol: ArraySlice<UInt8>) -> UInt32 { numbers[symbol, default: 0] }
}

extension [UInt8] {
    /// What `content` appends, with its length before and its checksum behind it.
    fileprivate mutating func appendSection(_ content: (inout [UInt8]) -> Void) {
        let start = count
        appendBigEndian(UInt32(0))
        content(&self)
        let length = UInt32(count - start - 4)
        for (index, shift) in [24, 16, 8, 0].enumerated() {
            self[start + index] = UInt8(truncatingIfNeeded: length >> UInt32(shift))
        }
        appendBigEndian(CRC32C.checksum(self[(start + 4)...]))
    }

    fileprivate mutating func pad(toMultipleOf size: Int) {
        append(contentsOf: repeatElement(0, count: (size - count % size) % size))
    }

    /// A line of the table that finds lists.
    fileprivate mutating func appendEntry(
        name: ArraySlice<UInt8>, value: ArraySlice<UInt8>, offset: Int
    ) {
        append(2)
        appendText(name)
        appendText(value)
        appendUvarint(offset)
    }

    /// Chunks, each by its difference to the one before.
    fileprivate mutating func append(_ chunks: [ChunkMeta]) {
        appendUvarint(chunks.count)
        guard let first = chunks.first else { return }
        appendVarint(first.minTime)
        appendUvarint(UInt64(bitPattern: first.maxTime &- first.minTime))
        appendUvarint(first.reference.rawValue)
        for (before, chunk) in zip(chunks, chunks.dropFirst()) {
            appendUvarint(UInt64(bitPattern: chunk.minTime &- before.maxTime))
            appendUvarint(UInt64(bitPattern: chunk.maxTime &- chunk.minTime))
            appendVarint(
                Int64(bitPattern: chunk.reference.rawValue &- before.reference.rawValue))
        }
    }
}
