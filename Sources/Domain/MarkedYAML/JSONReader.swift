/// Reads JSON as RFC 8259 defines it into the same marked tree as YAML.
///
/// Equal keys are allowed and the last one counts, as in Go's encoding/json, which wrote the text.
package enum JSONReader {
    package static func document(
        _ source: SourceText, limits: ReadingLimits = .standard
    ) throws(YAMLError) -> Node {
        try document(source, origin: nil, limits: limits)
    }

    static func document(
        _ source: SourceText, origin: Origin?, limits: ReadingLimits
    ) throws(YAMLError) -> Node {
        if let refusal = limits.refusal(of: source) { throw refusal }
        let result = source.bytes.withUnsafeBufferPointer { bytes in
            var parser = JSONParser(
                bytes, places: TreePlaces(source: source, origin: origin), limits: limits)
            return parser.parse()
        }
        let builder = try result.get()
        let tree = MarkedTree(
            source: source, origin: origin, records: builder.records, text: builder.text, tags: [:])
        return Node(tree: tree, index: 0)
    }
}
