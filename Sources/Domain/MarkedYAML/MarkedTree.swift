/// One node of a tree in 24 bytes.
struct NodeRecord: Sendable {
    /// What a record stands for; an alias stands for another record.
    enum Shape: UInt8, Sendable { case scalar, sequence, mapping, alias }

    /// What is special about a record.
    struct Traits: OptionSet, Sendable {
        let rawValue: UInt8
        /// The decoded text stands in the source as it is, at `payload`.
        static let verbatim = Traits(rawValue: 1)
        /// A collection in brackets or braces.
        static let flow = Traits(rawValue: 2)
        static let tagged = Traits(rawValue: 4)
        static let anchored = Traits(rawValue: 8)
        /// A mapping with at least one merge key.
        static let merging = Traits(rawValue: 16)
    }

    /// Byte offsets in the text that was parsed.
    var start: UInt32
    var end: UInt32
    /// The offset of a scalar's text, or the index of an alias's target.
    var payload: UInt32
    /// The bytes of a scalar's text, or the direct children of a collection.
    var count: UInt32
    /// The index after the last record of this subtree.
    var next: UInt32
    var shape: Shape
    var style: ScalarStyle
    var traits: Traits
}

/// The nodes of all documents of one text, in the order of the text: a parent before its children.
///
/// A class because its arrays are shared by every `Node`; it never changes once it is built.
final class MarkedTree: Sendable {
    let source: SourceText
    /// Set when `source` is the decoded text of a scalar in another text.
    let origin: Origin?
    let records: [NodeRecord]
    /// The decoded text of the scalars that do not stand in the source as they are.
    let text: [UInt8]
    /// Explicit tags by record.
    let tags: [UInt32: String]

    init(
        source: SourceText, origin: Origin?, records: [NodeRecord], text: [UInt8],
        tags: [UInt32: String]
    ) {
        self.source = source
        self.origin = origin
        self.records = records
        self.text = text
        self.tags = tags
    }

    /// The range in the outermost text for bytes of the text that was parsed.
    func range(of bytes: Range<Int>) -> SourceRange {
        guard let origin else { return SourceRange(source: source, bytes: bytes) }
        return origin.range(of: bytes)
    }

    func resolved(_ index: UInt32) -> UInt32 {
        let record = records[Int(index)]
        return record.shape == .alias ? record.payload : index
    }

    /// Lends the text of a scalar.
    func withText<R>(of record: NodeRecord, _ body: (UnsafeBufferPointer<UInt8>) -> R) -> R {
        let buffer = record.traits.contains(.verbatim) ? source.bytes : text
        let start = Int(record.payload)
        return buffer.withUnsafeBufferPointer {
            body(UnsafeBufferPointer(rebasing: $0[start..<(start + Int(record.count))]))
        }
    }
}
