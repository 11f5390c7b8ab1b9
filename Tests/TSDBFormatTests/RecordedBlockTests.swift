import TSDBFormat
import Testing
import TimeSeries

@Suite("A block that Thanos wrote")
struct RecordedBlockTests {
    private let index: IndexReader
    private let segment: ChunkSegmentReader

    init() throws {
        index = try IndexReader(try Fixture.bytes("uploaded-block/block/index"))
        segment = try ChunkSegmentReader(
            try Fixture.bytes("uploaded-block/block/chunks/000001"))
    }

    private func samples(of chunk: ChunkMeta) throws -> [Sample] {
        var reader = try segment.chunk(at: chunk.reference.offset).reader
        var samples: [Sample] = []
        while case .float(let sample)? = try reader.next() { samples.append(sample) }
        return samples
    }

    @Test("is read whole")
    func samples() throws {
        let references = try index.allSeries()
        #expect(references.count == 50)
        var count = 0
        for reference in references {
            let series = try index.series(reference)
            for chunk in series.chunks {
                let samples = try samples(of: chunk)
                #expect(samples.first?.timestamp == chunk.minTime)
                #expect(samples.last?.timestamp == chunk.maxTime)
                #expect(
                    zip(samples, samples.dropFirst()).allSatisfy {
                        $1.timestamp - $0.timestamp == 15_000
                    })
                count += samples.count
            }
        }
        #expect(count == 19_950)
    }

    @Test("is written again: the chunks byte for byte, the index in meaning")
    func writtenAgain() throws {
        let series = try index.allSeries().map { try index.series($0) }
        var file: [UInt8] = []
        var writer = ChunkSegmentWriter(to: &file)
        for chunk in series.flatMap(\.chunks) {
            let payload = XORChunkTests.payload(try samples(of: chunk))
            let reference = writer.append(.xor, payload, to: &file)
            #expect(reference == chunk.reference)
        }
        #expect(file == (try Fixture.bytes("uploaded-block/block/chunks/000001")))
        let written = try IndexReader(IndexWriter.file(of: series))
        #expect(try written.allSeries().map { try written.series($0) } == series)
    }
}
