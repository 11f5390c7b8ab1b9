package import TimeSeries

/// One series of an answer: its labels and its chunks in the order of time.
package struct SeriesAnswer: Hashable, Sendable {
    /// Samples in the encoding of a TSDB, without its encoding byte and checksum.
    package struct Chunk: Hashable, Sendable {
        /// The encodings with the numbers of `thanos.Chunk`, which differ from those on disk.
        package enum Encoding: UInt8, Sendable {
            case xor = 0
            case histogram = 1
            case floatHistogram = 2
        }

        /// Milliseconds, both inclusive.
        package let minTime: Int64
        package let maxTime: Int64
        package let encoding: Encoding
        package let data: [UInt8]

        package init(minTime: Int64, maxTime: Int64, encoding: Encoding, data: [UInt8]) {
            self.minTime = minTime
            self.maxTime = maxTime
            self.encoding = encoding
            self.data = data
        }
    }

    package let labels: LabelSet
    package let chunks: [Chunk]

    package init(labels: LabelSet, chunks: [Chunk]) {
        self.labels = labels
        self.chunks = chunks
    }
}

extension SeriesAnswer {
    /// `thanos.Series`; labels on the wire are already what its first field is made of.
    var series: [UInt8] {
        var message = ProtobufWriter()
        message.append(labels.wire)
        for chunk in chunks {
            message.bytes(chunk.aggregate, field: 2)
        }
        return message.bytes
    }
}

extension SeriesAnswer.Chunk {
    /// `thanos.AggrChunk` with nothing but raw samples.
    fileprivate var aggregate: [UInt8] {
        var chunk = ProtobufWriter()
        chunk.varint(UInt64(encoding.rawValue), field: 1)
        chunk.bytes(data, field: 2)
        chunk.varint(XXH64.hash(data), field: 3)
        var message = ProtobufWriter()
        message.varint(UInt64(bitPattern: minTime), field: 1)
        message.varint(UInt64(bitPattern: maxTime), field: 2)
        message.bytes(chunk.bytes, field: 3)
        return message.bytes
    }
}
