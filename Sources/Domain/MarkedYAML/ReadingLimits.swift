/// How much of a text is read before it is refused.
package struct ReadingLimits: Sendable, Hashable {
    /// Nesting of collections, counted through aliases.
    package var depth = 1000
    /// Nodes of a document, counted through aliases.
    package var nodes = 10_000_000
    /// Bytes of the text; never more than 4 GiB, which is what an offset can hold.
    package var bytes = 64 << 20

    package static let standard = ReadingLimits()

    package init(depth: Int = 1000, nodes: Int = 10_000_000, bytes: Int = 64 << 20) {
        self.depth = depth
        self.nodes = nodes
        self.bytes = bytes
    }

    /// The error for a text that is larger than allowed, before anything of it is looked at.
    func refusal(of source: SourceText) -> YAMLError? {
        let allowed = min(bytes, Int(UInt32.max) - 1)
        guard source.bytes.count > allowed else { return nil }
        return YAMLError(
            .tooLarge,
            "the text has \(source.bytes.count) bytes, more than the \(allowed) that are read; "
                + "split it",
            at: SourceRange(source: source, bytes: 0..<0))
    }
}
