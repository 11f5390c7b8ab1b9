/// Walks a whole message once, checks every byte of its structure, and counts what it holds.
///
/// Nothing is copied and nothing is kept, so memory does not grow with what a client sends.
struct MessageSurvey {
    private(set) var counts = WriteRequest.Counts()
    /// Series that `UsualSeries` did not recognise.
    private(set) var unusualSeries = 0

    mutating func check(_ bytes: UnsafeRawBufferPointer) throws(RemoteWriteError) {
        var cursor = WireCursor(bytes)
        while !cursor.isAtEnd {
            let start = cursor
            if cursor.take(0x0A), let range = cursor.shortDelimited(),
                let series = UsualSeries(bytes, in: range)
            {
                counts.series += 1
                counts.samples += series.sampleCount
            } else {
                cursor = start
                try checkField(of: .writeRequest, &cursor)
            }
        }
    }

    mutating func check(
        _ shape: MessageShape, _ bytes: UnsafeRawBufferPointer, in range: Range<Int>
    ) throws(RemoteWriteError) {
        var cursor = WireCursor(bytes, in: range)
        while !cursor.isAtEnd {
            try checkField(of: shape, &cursor)
        }
    }

    private mutating func checkField(
        of shape: MessageShape, _ cursor: inout WireCursor
    ) throws(RemoteWriteError) {
        let tag = try cursor.tag(in: shape)
        guard let field = shape.field(tag.field) else {
            try cursor.skip(tag.wireType)
            return
        }
        try check(field, tag.wireType, &cursor)
    }

    private mutating func check(
        _ field: MessageShape.Field, _ wireType: UInt8, _ cursor: inout WireCursor
    ) throws(RemoteWriteError) {
        switch (field.value, wireType) {
        case (.varint, 0), (.packedVarints, 0):
            _ = try cursor.varint()
        case (.fixed64, 1), (.packedFixed64s, 1):
            _ = try cursor.fixed64()
        case (.bytes, 2):
            _ = try cursor.delimited()
        case (.message(let shape), 2):
            count(shape)
            try check(shape, cursor.bytes, in: try cursor.delimited())
        case (.packedVarints, 2):
            var packed = WireCursor(cursor.bytes, in: try cursor.delimited())
            while !packed.isAtEnd { _ = try packed.varint() }
        case (.packedFixed64s, 2):
            var packed = WireCursor(cursor.bytes, in: try cursor.delimited())
            while !packed.isAtEnd { _ = try packed.fixed64() }
        case (.varint, _), (.fixed64, _), (.bytes, _), (.message, _), (.packedVarints, _),
            (.packedFixed64s, _):
            throw .wrongWireType(wireType, field: field.name)
        }
    }

    private mutating func count(_ shape: MessageShape) {
        switch shape {
        case .timeSeries:
            counts.series += 1
            unusualSeries += 1
        case .sample: counts.samples += 1
        case .histogram: counts.histograms += 1
        case .exemplar: counts.exemplars += 1
        case .metadata: counts.metadata += 1
        case .writeRequest, .label, .bucketSpan, .requestV2, .timeSeriesV2: break
        }
    }
}
