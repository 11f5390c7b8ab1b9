/// Where a text that was embedded in a scalar stands in the text around it.
struct Origin: Sendable {
    let outer: Node
    let map: SegmentMap

    var outermost: SourceText { outer.source }

    /// The range in the outermost text for bytes of the embedded text.
    func range(of bytes: Range<Int>) -> SourceRange {
        let target = Node(tree: outer.tree, index: outer.tree.resolved(outer.index))
        return target.tree.range(of: map.range(of: bytes))
    }
}
