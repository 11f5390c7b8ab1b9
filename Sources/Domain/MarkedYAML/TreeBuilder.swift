/// Collects records in the order of the text and closes collections over them.
struct TreeBuilder {
    /// A collection whose end has not been seen.
    struct Frame {
        let index: Int
        /// Nodes of the document before this one, counted through aliases.
        let nodesBefore: Int
        let anchor: String?
        var children: UInt32 = 0
        /// The greatest nesting of the children, counted through aliases.
        var height = 0
        /// The end of the last child, which is where a block collection ends.
        var end: UInt32
    }

    var records: [NodeRecord] = []
    var text: [UInt8] = []
    var tags: [UInt32: String] = [:]
    var frames: [Frame] = []
    /// Nodes of the current document, counted through aliases.
    var nodes = 0

    /// Adds a record that has no children.
    mutating func appendLeaf(_ record: NodeRecord, height: Int = 0) {
        records.append(record)
        nodes += 1
        countChild(height: height, end: record.end)
    }

    mutating func open(_ record: NodeRecord, anchor: String? = nil) {
        frames.append(
            Frame(index: records.count, nodesBefore: nodes, anchor: anchor, end: record.end))
        records.append(record)
        nodes += 1
    }

    /// Ends the innermost collection; without `end` it reaches to the end of its last child.
    mutating func close(end: UInt32?) -> Frame? {
        guard let frame = frames.popLast() else { return nil }
        let end = end ?? frame.end
        records[frame.index].next = UInt32(truncatingIfNeeded: records.count)
        records[frame.index].count = frame.children
        records[frame.index].end = end
        countChild(height: frame.height + 1, end: end)
        return frame
    }

    private mutating func countChild(height: Int, end: UInt32) {
        guard !frames.isEmpty else { return }
        let last = frames.count - 1
        frames[last].children += 1
        frames[last].end = end
        if frames[last].height < height { frames[last].height = height }
    }
}
