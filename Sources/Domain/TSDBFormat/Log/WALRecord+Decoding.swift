import TimeSeries

extension WALRecord {
    /// Takes a record apart; the offsets of errors count from its first byte.
    package init(_ record: [UInt8]) throws(TSDBFormatError) {
        var reader = ByteReader(record)
        guard !reader.isAtEnd else {
            self = .unknown(kind: 0)
            return
        }
        let number = try reader.u8()
        guard let kind = Kind(rawValue: number) else {
            self = .unknown(kind: number)
            return
        }
        switch kind {
        case .series: self = .series(try reader.all(of: Self.series))
        case .samples: self = .samples(try Self.samples(&reader))
        case .tombstones: self = .tombstones(try reader.all(of: Self.tombstone))
        case .exemplars: self = .exemplars(try Self.exemplars(&reader))
        case .metadata: self = .metadata(try reader.all(of: Self.metadata))
        case .histograms, .customHistograms, .floatHistograms, .customFloatHistograms:
            self = .histograms(try Self.histograms(kind, &reader))
        }
    }

    private static func series(_ reader: inout ByteReader) throws(TSDBFormatError) -> LoggedSeries {
        LoggedSeries(reference: try reader.be64(), labels: try reader.labels())
    }

    private static func samples(
        _ reader: inout ByteReader
    ) throws(TSDBFormatError) -> [LoggedSample] {
        guard let origin = try Origin(&reader) else { return [] }
        var samples: [LoggedSample] = []
        samples.reserveCapacity(reader.remaining / 10)
        while !reader.isAtEnd {
            let (reference, timestamp) = try origin.next(&reader)
            let sample = Sample(timestamp: timestamp, value: try reader.double())
            samples.append(LoggedSample(reference: reference, sample: sample))
        }
        return samples
    }

    private static func tombstone(
        _ reader: inout ByteReader
    ) throws(TSDBFormatError) -> Tombstone {
        Tombstone(
            reference: try reader.be64(), minTime: try reader.varint(),
            maxTime: try reader.varint())
    }

    private static func exemplars(
        _ reader: inout ByteReader
    ) throws(TSDBFormatError) -> [LoggedExemplar] {
        guard let origin = try Origin(&reader) else { return [] }
        var exemplars: [LoggedExemplar] = []
        while !reader.isAtEnd {
            let (reference, timestamp) = try origin.next(&reader)
            let sample = Sample(timestamp: timestamp, value: try reader.double())
            exemplars.append(
                LoggedExemplar(
                    reference: reference, sample: sample, labels: try reader.labels()))
        }
        return exemplars
    }

    private static func metadata(
        _ reader: inout ByteReader
    ) throws(TSDBFormatError) -> LoggedMetadata {
        let reference = try reader.uvarint()
        let type = try reader.u8()
        var texts: [ArraySlice<UInt8>: String] = [:]
        for _ in 0..<(try reader.count(ofSize: 2)) {
            texts[try reader.text()] = String(decoding: try reader.text(), as: UTF8.self)
        }
        return LoggedMetadata(
            reference: reference, metricType: type, unit: texts[ArraySlice("UNIT".utf8)] ?? "",
            help: texts[ArraySlice("HELP".utf8)] ?? "")
    }

    private static func histograms(
        _ kind: Kind, _ reader: inout ByteReader
    ) throws(TSDBFormatError) -> [LoggedHistogram] {
        guard let origin = try Origin(&reader) else { return [] }
        var histograms: [LoggedHistogram] = []
        while !reader.isAtEnd {
            let (reference, timestamp) = try origin.next(&reader)
            histograms.append(
                LoggedHistogram(
                    reference: reference, timestamp: timestamp,
                    histogram: try reader.histogram(
                        isFloat: kind == .floatHistograms || kind == .customFloatHistograms,
                        isCustom: kind == .customHistograms || kind == .customFloatHistograms)))
        }
        return histograms
    }

    /// What the entries of a record count from.
    private struct Origin {
        let reference: UInt64
        let timestamp: Int64

        /// Nil where the record ends behind its kind, as one without entries does.
        init?(_ reader: inout ByteReader) throws(TSDBFormatError) {
            guard !reader.isAtEnd else { return nil }
            reference = try reader.be64()
            timestamp = Int64(bitPattern: try reader.be64())
        }

        func next(
            _ reader: inout ByteReader
        ) throws(TSDBFormatError) -> (reference: UInt64, timestamp: Int64) {
            let reference = reference &+ UInt64(bitPattern: try reader.varint())
            return (reference, timestamp &+ (try reader.varint()))
        }
    }
}

extension ByteReader {
    fileprivate mutating func all<Entry>(
        of entry: (inout ByteReader) throws(TSDBFormatError) -> Entry
    ) throws(TSDBFormatError) -> [Entry] {
        var entries: [Entry] = []
        while !isAtEnd { entries.append(try entry(&self)) }
        return entries
    }

    fileprivate mutating func labels() throws(TSDBFormatError) -> LabelSet {
        var wire: [UInt8] = []
        for _ in 0..<(try count(ofSize: 2)) {
            LabelSet.append(name: try text(), value: try text(), to: &wire)
        }
        return LabelSet(canonicalWire: wire)
    }
}
