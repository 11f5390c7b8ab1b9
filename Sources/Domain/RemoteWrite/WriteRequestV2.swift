import TimeSeries

/// Remote write 2.0 (`io.prometheus.write.v2.Request`), which becomes a 1.0 message on arrival.
///
/// Thanos does the same: one path stores both. Metadata and start timestamps are dropped.
package enum WriteRequestV2 {
    /// The same series as a `prometheus.WriteRequest`.
    ///
    /// Labels may share a symbol many times over, so the result can be far larger than the message;
    /// above `limit` bytes it is refused before memory is taken for it.
    package static func translated(
        _ bytes: [UInt8], limit: Int
    ) throws(RemoteWriteError) -> [UInt8] {
        try bytes.span.bytes.withUnsafeBytes { bytes throws(RemoteWriteError) in
            var translation = Translation(bytes: bytes, limit: limit)
            try translation.collectSymbols()
            try translation.translateSeries()
            return translation.output
        }
    }
}

/// The state of one translation.
private struct Translation {
    let bytes: UnsafeRawBufferPointer
    let limit: Int
    /// A symbol takes eight times the two bytes that it can have on the wire.
    private static let symbolLimit = 1 << 20
    /// Where the strings stand that labels refer to by number.
    private var symbols: [Range<Int>] = []
    private(set) var output: [UInt8] = []

    init(bytes: UnsafeRawBufferPointer, limit: Int) {
        self.bytes = bytes
        self.limit = limit
    }

    mutating func collectSymbols() throws(RemoteWriteError) {
        var cursor = WireCursor(bytes)
        while !cursor.isAtEnd {
            let tag = try cursor.tag(in: .requestV2)
            guard tag.field == 4 else {
                try cursor.skip(tag.wireType)
                continue
            }
            guard tag.wireType == 2 else {
                throw .wrongWireType(tag.wireType, field: "Symbols")
            }
            guard symbols.count < Self.symbolLimit else { throw .tooLarge }
            symbols.append(try cursor.delimited())
        }
    }

    mutating func translateSeries() throws(RemoteWriteError) {
        var cursor = WireCursor(bytes)
        while !cursor.isAtEnd {
            let tag = try cursor.tag(in: .requestV2)
            guard tag.field == 5 else {
                try cursor.skip(tag.wireType)
                continue
            }
            guard tag.wireType == 2 else {
                throw .wrongWireType(tag.wireType, field: "Timeseries")
            }
            let series = try translated(series: try cursor.delimited())
            try append(series, field: 1, to: &output)
        }
    }

    /// Samples and histograms have equal messages in both versions; their fields change numbers.
    private func translated(series range: Range<Int>) throws(RemoteWriteError) -> [UInt8] {
        var labels = Labels()
        var rest: [UInt8] = []
        var cursor = WireCursor(bytes, in: range)
        while !cursor.isAtEnd {
            let tag = try cursor.tag(in: .timeSeriesV2)
            switch (tag.field, tag.wireType) {
            case (1, 0), (1, 2): try read(tag, &cursor, into: &labels)
            case (2, 2): try append(bytes[try cursor.delimited()], field: 2, to: &rest)
            case (3, 2): try append(bytes[try cursor.delimited()], field: 4, to: &rest)
            case (4, 2): try append(translated(exemplar: cursor.delimited()), field: 3, to: &rest)
            case (1...4, _): throw .wrongWireType(tag.wireType, field: "TimeSeries")
            default: try cursor.skip(tag.wireType)
            }
        }
        return try labels.finished() + rest
    }

    private func translated(exemplar range: Range<Int>) throws(RemoteWriteError) -> [UInt8] {
        var labels = Labels()
        var rest: [UInt8] = []
        var cursor = WireCursor(bytes, in: range)
        while !cursor.isAtEnd {
            let start = cursor.position
            let tag = try cursor.tag(in: .exemplar)
            if tag.field == 1 {
                try read(tag, &cursor, into: &labels)
            } else {
                try cursor.skip(tag.wireType)
                rest += bytes[start..<cursor.position]
            }
        }
        return try labels.finished() + rest
    }

    /// Labels as they come, name and value in turn.
    private struct Labels {
        var wire: [UInt8] = []
        var name: Range<Int>?

        func finished() throws(RemoteWriteError) -> [UInt8] {
            guard name == nil else { throw .oddReferences }
            return wire
        }
    }

    /// One reference, or many packed into one field.
    private func read(
        _ tag: WireCursor.Tag, _ cursor: inout WireCursor, into labels: inout Labels
    ) throws(RemoteWriteError) {
        guard tag.wireType == 2 else { return try add(try cursor.varint(), to: &labels) }
        var packed = WireCursor(bytes, in: try cursor.delimited())
        while !packed.isAtEnd { try add(try packed.varint(), to: &labels) }
    }

    private func add(_ number: UInt64, to labels: inout Labels) throws(RemoteWriteError) {
        guard let index = Int(exactly: number), index < symbols.count else {
            throw .symbolOutOfRange(number)
        }
        guard let name = labels.name else {
            labels.name = symbols[index]
            return
        }
        labels.name = nil
        guard name.count + symbols[index].count <= limit - output.count - labels.wire.count else {
            throw .tooLarge
        }
        LabelSet.append(name: bytes[name], value: bytes[symbols[index]], to: &labels.wire)
    }

    private func append(
        _ message: some Collection<UInt8>, field: UInt8, to target: inout [UInt8]
    ) throws(RemoteWriteError) {
        guard message.count <= limit - output.count - target.count else { throw .tooLarge }
        ProtobufField.appendHeader(field, length: message.count, to: &target)
        target.append(contentsOf: message)
    }
}
