extension Node {
    /// Reads the text of a scalar as YAML in turn; every place in the result is in the outer text.
    package func embeddedYAML(limits: ReadingLimits = .standard) -> YAMLStream {
        let (source, origin) = embedded()
        return YAMLReader.stream(source, origin: origin, limits: limits)
    }

    /// Reads the text of a scalar as JSON in turn; every place in the result is in the outer text.
    package func embeddedJSON(limits: ReadingLimits = .standard) throws(YAMLError) -> Node {
        let (source, origin) = embedded()
        return try JSONReader.document(source, origin: origin, limits: limits)
    }

    /// The place of a byte of the decoded text; beyond the text it is its end.
    package func place(ofByte offset: Int) -> Mark {
        range(ofBytes: offset..<offset).start
    }

    /// The place of some bytes of the decoded text.
    package func range(ofBytes bytes: Range<Int>) -> SourceRange {
        Origin(outer: self, map: segmentMap).range(of: bytes)
    }

    /// The decoded text as a text of its own; empty for collections.
    private func embedded() -> (SourceText, Origin) {
        let bytes = withUTF8 { Array($0) } ?? []
        let source = SourceText(name: self.source.name, bytes: bytes)
        return (source, Origin(outer: self, map: segmentMap))
    }

    private var segmentMap: SegmentMap {
        let record = record
        guard record.shape == .scalar else {
            return SegmentMap(segments: [], end: Int(record.start))
        }
        if record.traits.contains(.verbatim) {
            let count = Int(record.count)
            let segment = SegmentMap.Segment(
                decoded: 0, decodedCount: count, source: Int(record.payload), sourceCount: count,
                isVerbatim: true)
            return SegmentMap(segments: [segment], end: segment.source + count)
        }
        return ScalarRetracing.map(of: record, in: tree)
    }
}
