import TSDBFormat
import TestSupport
import Testing
import TimeSeries

@Suite("Files of a block")
struct BlockFileTests {
    /// The block with one series of one chunk, from the format; promtool 2.42 reads it.
    static let index = hex(
        "baaad700020000000f00000002085f5f6e616d655f5f0178fe3ef369000000000b01000101d00f98a5e204"
            + "08545063bd0000000800000001000000025502add10000000800000001000000025502add1"
            + "00000015000000020200003002085f5f6e616d655f5f017840d1c475dc0000000000000005"
            + "000000000000001c0000000000000030000000000000005000000000000000300000000000000050"
            + "dbc060ae")
    static let segment =
        hex("85bd40dd010000002601") + XORChunkTests.knownPayload + hex("a62cf20e")
    static let series = IndexedSeries(
        labels: LabelSet(["__name__": "x"]),
        chunks: [
            ChunkMeta(
                minTime: 1000, maxTime: 10_000_000,
                reference: ChunkReference(segment: 0, offset: 8))
        ])

    @Test("with chunks are what Prometheus reads")
    func chunks() throws {
        var file: [UInt8] = []
        var writer = ChunkSegmentWriter(to: &file)
        let reference = writer.append(.xor, XORChunkTests.knownPayload, to: &file)
        #expect(reference == ChunkReference(rawValue: 8))
        #expect(file == Self.segment)
        let chunk = try ChunkSegmentReader(file).chunk(at: 8)
        #expect(chunk.encoding == .xor)
        #expect(Array(chunk.payload) == XORChunkTests.knownPayload)
    }

    @Test("with chunks have a limit, behind which another begins")
    func chunkLimit() {
        var file: [UInt8] = []
        var writer = ChunkSegmentWriter(sizeLimit: 70, to: &file)
        let references = [1, 2].map { _ in
            writer.append(.xor, XORChunkTests.knownPayload, to: &file)
        }
        #expect(references == [ChunkReference(rawValue: 8), nil])
        #expect(file == Self.segment)
        var next: [UInt8] = []
        writer.startSegment(to: &next)
        let reference = writer.append(.xor, XORChunkTests.knownPayload, to: &next)
        #expect(reference == ChunkReference(segment: 1, offset: 8))
        #expect(next == Self.segment)
        #expect(ChunkSegment.fileName(1) == "000002")
    }

    @Test(
        "with chunks that are damaged are an error",
        arguments: [0, 4, 8, 9, 12, 47, 50])
    func damagedChunks(position: Int) {
        var file = Self.segment
        file[position] ^= 0x40
        #expect(throws: TSDBFormatError.self) { try ChunkSegmentReader(file).chunk(at: 8) }
        #expect(throws: TSDBFormatError.self) {
            try ChunkSegmentReader(Array(Self.segment[..<position])).chunk(at: 8)
        }
        #expect(throws: TSDBFormatError.self) {
            try ChunkSegmentReader(Self.segment).chunk(at: position + 43)
        }
    }

    @Test("with tombstones are what Prometheus reads")
    func tombstones() throws {
        #expect(Tombstones.file(of: []) == hex("0130ba300100000000"))
        #expect(try Tombstones.tombstones(in: hex("0130ba300100000000")) == [])
        let tombstones = [Tombstone(reference: 300, minTime: -1, maxTime: .max)]
        let file = Tombstones.file(of: tombstones)
        #expect(try Tombstones.tombstones(in: file) == tombstones)
        for end in file.indices {
            #expect(throws: TSDBFormatError.self) {
                try Tombstones.tombstones(in: Array(file[..<end]))
            }
        }
    }
}

@Suite("The index of a block")
struct IndexTests {
    @Test("is what Prometheus reads")
    func known() throws {
        #expect(IndexWriter.file(of: [BlockFileTests.series]) == BlockFileTests.index)
        let index = try IndexReader(BlockFileTests.index)
        #expect(try index.allSeries() == [2])
        #expect(try index.series(2) == BlockFileTests.series)
    }

    static func generated(seed: UInt64) -> [IndexedSeries] {
        var numbers = SeededNumbers(seed: seed)
        var offset = 8
        let labels = Set(
            (0..<Int.random(in: 0...80, using: &numbers)).map { _ in
                LabelSet([
                    "__name__": "metric_\(Int.random(in: 0...5, using: &numbers))",
                    "instance": "host-\(Int.random(in: 0...20, using: &numbers)):9100",
                    "zone": String(repeating: "z", count: .random(in: 1...200, using: &numbers)),
                ])
            })
        return labels.sorted().map { labels in
            var time = Int64.random(in: -1000...1000, using: &numbers)
            let chunks = (0..<Int.random(in: 0...6, using: &numbers)).map { _ in
                let end = time + Int64.random(in: 0...100_000, using: &numbers)
                defer {
                    time = end + Int64.random(in: 1...1_000_000, using: &numbers)
                    offset += Int.random(in: 10...2000, using: &numbers)
                }
                return ChunkMeta(
                    minTime: time, maxTime: end,
                    reference: ChunkReference(segment: offset / 30_000, offset: offset))
            }
            return IndexedSeries(labels: labels, chunks: chunks)
        }
    }

    @Test("keeps series, labels and lists", arguments: 1...12 as ClosedRange<UInt64>)
    func roundTrip(seed: UInt64) throws {
        let series = Self.generated(seed: seed)
        let index = try IndexReader(IndexWriter.file(of: series))
        #expect(try index.allSeries().map { try index.series($0) } == series, "seed \(seed)")
        let names = Set(series.flatMap { $0.labels.texts.map(\.name) })
        #expect(Set(index.labelNames.map { String(decoding: $0, as: UTF8.self) }) == names)
        for name in names {
            let values = Set(series.map { $0.labels[name] })
            let lists = index.lists(of: name.utf8)
            #expect(lists.map { String(decoding: $0.value, as: UTF8.self) } == values.sorted())
            for list in lists {
                let listed = try index.series(in: list).map { try index.series($0) }
                let value = String(decoding: list.value, as: UTF8.self)
                #expect(listed == series.filter { $0.labels[name] == value }, "seed \(seed)")
            }
        }
    }

    @Test("has no list for a label that no series has")
    func unknown() throws {
        let index = try IndexReader(BlockFileTests.index)
        #expect(index.lists(of: "job".utf8).isEmpty)
        #expect(throws: TSDBFormatError.self) { try index.series(99) }
    }

    @Test("that is cut short is an error, not a crash")
    func truncation() {
        for end in BlockFileTests.index.indices {
            #expect(throws: TSDBFormatError.self) {
                try IndexReader(Array(BlockFileTests.index[..<end]))
            }
        }
    }
}

@Suite("Names of blocks")
struct ULIDTests {
    @Test("are read and printed as they are")
    func text() throws {
        let ulid = try #require(ULID("01M817KTNA2STY54HSN6D1BZBN"))
        #expect(ulid.description == "01M817KTNA2STY54HSN6D1BZBN")
        #expect(ULID("01m817ktna2sty54hsn6d1bzbn") == ulid)
        // The time of its making, as the listing of the bucket has it within a second or so.
        #expect(ulid.milliseconds / 1000 == 1_795_337_874)
    }

    @Test("are made from a time and random bits")
    func made() throws {
        let ulid = ULID(milliseconds: 1_469_918_176_385, random: (0xFFFF, .max))
        #expect(ulid.description == "01ARYZ6S41ZZZZZZZZZZZZZZZZ")
        #expect(ULID(ulid.description) == ulid)
        #expect(ULID(milliseconds: 0, random: (0, 0)) < ulid)
        #expect(ULID(milliseconds: .max, random: (.max, .max)).description.hasPrefix("7ZZ"))
    }

    @Test(
        "are refused when they are none",
        arguments: [
            "", "01M817KTNA2STY54HSN6D1BZB", "01M817KTNA2STY54HSN6D1BZBNN",
            "81M817KTNA2STY54HSN6D1BZBN", "01M817KTNA2STY54HSN6D1BZBU", "chunks_head",
        ])
    func refused(text: String) {
        #expect(ULID(text) == nil)
    }
}

@Suite("The description of a block")
struct BlockMetaTests {
    @Test(
        "is read and written byte for byte as Prometheus and Thanos do",
        arguments: ["uploaded-block/block/meta.json", "uploaded-block/meta.json"])
    func recorded(file: String) throws {
        let bytes = try Fixture.bytes(file)
        let meta = try BlockMeta(file: bytes)
        #expect(
            String(decoding: meta.file, as: UTF8.self) == String(decoding: bytes, as: UTF8.self))
        #expect(meta.stats.numSamples == 19_950)
        #expect(meta.thanos?.labels["tenant_id"] == (meta.thanos == nil ? nil : "default-tenant"))
    }

    @Test("keeps everything that it knows")
    func roundTrip() throws {
        var meta = try BlockMeta(file: try Fixture.bytes("uploaded-block/meta.json"))
        meta.stats.numTombstones = 3
        meta.stats.numHistogramSamples = 2
        meta.compaction.parents = [.init(ulid: meta.ulid, minTime: -1, maxTime: 2)]
        meta.compaction.isDeletable = true
        meta.compaction.hasFailed = true
        meta.compaction.hints = ["from-out-of-order"]
        meta.thanos?.version = 1
        meta.thanos?.labels["quote"] = "\"<\u{1}\u{2028}\n\\é"
        meta.thanos?.indexStats = .init(seriesMaxSize: 10, chunkMaxSize: 20)
        meta.thanos?.files[0].sha256 = "abc"
        #expect(try BlockMeta(file: meta.file) == meta)
    }

    @Test(
        "is refused where it is another version, or none",
        arguments: [
            ("\"version\": 1,", "\"version\": 2,", "unexpected meta file version 2"),
            (
                "\"thanos\": {", "\"thanos\": { \"version\": 7,",
                "unexpected meta file Thanos section version 7"
            ),
            ("01M817", "not-a-", "meta.json does not describe a block"),
            ("{", "[", "meta.json does not describe a block"),
        ])
    func refused(text: String, replacement: String, message: String) throws {
        let file = String(
            decoding: try Fixture.bytes("uploaded-block/meta.json"), as: UTF8.self)
        let changed = file.replacing(text, with: replacement, maxReplacements: 1)
        let error = #expect(throws: TSDBFormatError.self) {
            try BlockMeta(file: Array(changed.utf8))
        }
        #expect(error?.message == message)
    }

    @Test("may have keys that are not known")
    func unknownKeys() throws {
        let file = String(
            decoding: try Fixture.bytes("uploaded-block/meta.json"), as: UTF8.self)
        let extended = file.replacing("\"source\"", with: "\"extensions\": [1], \"source\"")
        #expect(try BlockMeta(file: Array(extended.utf8)).thanos?.source == "receive")
    }
}
