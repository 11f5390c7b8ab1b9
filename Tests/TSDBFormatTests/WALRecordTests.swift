import TSDBFormat
import TestSupport
import Testing
import TimeSeries

@Suite("Records of the log")
struct WALRecordTests {
    static let labels = LabelSet(["__name__": "up", "job": "a"])

    @Test("of series are what Prometheus reads")
    func series() throws {
        var record = SeriesRecord()
        #expect(record.isEmpty)
        record.append(reference: 1, labels: Self.labels)
        #expect(record.bytes == WALPageTests.series)
        let read = try WALRecord(record.bytes)
        #expect(read == .series([LoggedSeries(reference: 1, labels: Self.labels)]))
    }

    @Test("of samples are what Prometheus reads")
    func samples() throws {
        var record = SamplesRecord()
        record.append(reference: 1, timestamp: 1000, value: 1)
        record.append(reference: 2, timestamp: 1001, value: 2)
        #expect(record.bytes == WALPageTests.samples)
        #expect(
            try WALRecord(record.bytes)
                == .samples([
                    LoggedSample(reference: 1, sample: Sample(timestamp: 1000, value: 1)),
                    LoggedSample(reference: 2, sample: Sample(timestamp: 1001, value: 2)),
                ]))
    }

    @Test("of samples keep references and times however far apart")
    func extremes() throws {
        let samples = [
            LoggedSample(reference: .max, sample: Sample(timestamp: .min, value: -0.0)),
            LoggedSample(reference: 0, sample: Sample(timestamp: .max, value: .infinity)),
            LoggedSample(reference: 1 << 63, sample: Sample(timestamp: 0, value: 0.1)),
        ]
        var record = SamplesRecord()
        for entry in samples {
            record.append(
                reference: entry.reference, timestamp: entry.sample.timestamp,
                value: entry.sample.value)
        }
        #expect(record.count == 3)
        #expect(try WALRecord(record.bytes) == .samples(samples))
    }

    @Test("of histograms hold each kind apart", arguments: 1...30 as ClosedRange<UInt64>)
    func histograms(seed: UInt64) throws {
        var numbers = SeededNumbers(seed: seed)
        var entries: [LoggedHistogram] = []
        var records = HistogramRecords()
        for reference in 1...4 as ClosedRange<UInt64> {
            for moment in GeneratedHistograms(&numbers).moments(&numbers) {
                let entry = LoggedHistogram(
                    reference: reference, timestamp: moment.timestamp, histogram: moment.histogram)
                entries.append(entry)
                records.append(
                    reference: reference, timestamp: entry.timestamp, entry.histogram)
            }
        }
        var read: [LoggedHistogram] = []
        for record in records.records {
            guard case .histograms(let histograms) = try WALRecord(record) else {
                Issue.record("no histograms")
                continue
            }
            read += histograms
        }
        #expect(Set(read) == Set(entries), "seed \(seed)")
        #expect(read.count == entries.count)
    }

    @Test("of histograms keep boundaries of their own")
    func customBuckets() throws {
        var records = HistogramRecords()
        let histogram = HistogramChunkAppendTests.histogram(schema: -53, customValues: [1, 2.5])
        records.append(reference: 3, timestamp: 4, histogram)
        #expect(records.records.map(\.first) == [9])
        let read = try WALRecord(records.records[0])
        #expect(
            read
                == .histograms([
                    LoggedHistogram(reference: 3, timestamp: 4, histogram: histogram)
                ]))
    }

    static let others: [(bytes: [UInt8], record: WALRecord)] = {
        let tombstones = [
            Tombstone(reference: 7, minTime: -5, maxTime: 9000),
            Tombstone(reference: 8, minTime: .min, maxTime: .max),
        ]
        let exemplars = [1, 2].map {
            LoggedExemplar(
                reference: $0, sample: Sample(timestamp: 5, value: 0.5),
                labels: LabelSet(["trace_id": "abc"]))
        }
        let metadata = [
            LoggedMetadata(reference: 300, metricType: 1, unit: "bytes", help: "All of them.")
        ]
        return [
            (WALRecord.encoded(tombstones), .tombstones(tombstones)),
            (WALRecord.encoded(exemplars), .exemplars(exemplars)),
            (WALRecord.encoded(metadata), .metadata(metadata)),
            ([99, 1, 2], .unknown(kind: 99)), ([], .unknown(kind: 0)),
        ]
    }()

    @Test("of the other kinds are read as they were written", arguments: others.indices)
    func otherKinds(index: Int) throws {
        #expect(try WALRecord(Self.others[index].bytes) == Self.others[index].record)
    }

    /// Cut at an end of an entry, a record is a shorter one.
    @Test("that are cut short are an error or fewer entries, not a crash")
    func truncation() throws {
        var histograms = HistogramRecords()
        histograms.append(reference: 1, timestamp: 2, HistogramChunkAppendTests.histogram())
        let records =
            [WALPageTests.series, WALPageTests.samples] + histograms.records
            + Self.others.prefix(3).map(\.bytes)
        for record in records {
            for end in 1..<record.count {
                let cut = try? WALRecord(Array(record[..<end]))
                #expect(cut != (try WALRecord(record)))
            }
        }
    }
}
