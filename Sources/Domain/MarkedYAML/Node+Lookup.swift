extension Node {
    /// The elements of a sequence; empty for everything else.
    package var items: [Node] {
        guard record.shape == .sequence else { return [] }
        return children.map { Node(tree: tree, index: $0) }
    }

    /// The entries of a mapping in order, merged ones last.
    package var entries: [(key: Node, value: Node)] {
        let record = record
        guard record.shape == .mapping else { return [] }
        guard record.traits.contains(.merging) else {
            return pairs.map {
                (Node(tree: tree, index: $0.key), Node(tree: tree, index: $0.value))
            }
        }
        return entriesWithMerges()
    }

    /// The value of `key`; an explicit key wins over a merged one, a later one over an earlier.
    ///
    /// Complexity: linear in the entries.
    package subscript(_ key: String) -> Node? {
        var key = key
        return key.withUTF8 { entry($0)?.value }
    }

    /// The value at the end of a path of keys.
    package subscript(path keys: String...) -> Node? {
        keys.reduce(Optional(self)) { node, key in node?[key] }
    }

    /// The node of the key itself, for pointing at it.
    package func key(_ name: String) -> Node? {
        var name = name
        return name.withUTF8 { entry($0)?.key }
    }

    /// The number of elements, or of entries as written; 0 for scalars.
    package var count: Int {
        switch record.shape {
        case .sequence: Int(record.count)
        case .mapping: Int(record.count) / 2
        case .scalar, .alias: 0
        }
    }

    private func entry(_ name: UnsafeBufferPointer<UInt8>) -> (key: Node, value: Node)? {
        let record = record
        guard record.shape == .mapping else { return nil }
        var found: (key: UInt32, value: UInt32)?
        for pair in pairs where tree.hasText(pair.key, name) { found = pair }
        if let found {
            let isMerge = record.traits.contains(.merging) && tree.isMergeKey(found.key)
            if !isMerge {
                return (Node(tree: tree, index: found.key), Node(tree: tree, index: found.value))
            }
        }
        guard record.traits.contains(.merging) else { return nil }
        for merged in mergedMappings {
            if let entry = merged.entry(name) { return entry }
        }
        return nil
    }

    private func entriesWithMerges() -> [(key: Node, value: Node)] {
        var entries: [(key: Node, value: Node)] = []
        var names: Set<String> = []
        for pair in pairs where !tree.isMergeKey(pair.key) {
            let key = Node(tree: tree, index: pair.key)
            if let name = key.scalarText { names.insert(name) }
            entries.append((key, Node(tree: tree, index: pair.value)))
        }
        for entry in mergedMappings.flatMap(\.entries) {
            if let name = entry.key.scalarText, !names.insert(name).inserted { continue }
            entries.append(entry)
        }
        return entries
    }

    private var mergedMappings: [Node] {
        pairs.filter { tree.isMergeKey($0.key) }.flatMap { pair -> [Node] in
            let value = Node(tree: tree, index: pair.value)
            return value.kind == .sequence ? value.items : [value]
        }
    }

    /// The indices of the direct children of a collection.
    var children: ChildIndices { ChildIndices(tree: tree, parent: tree.resolved(index)) }

    /// The indices of keys and values of a mapping, as written.
    private var pairs: PairIndices { PairIndices(children: children.makeIterator()) }
}

/// Walks the direct children of a record by hopping over their subtrees.
struct ChildIndices: Sequence {
    let tree: MarkedTree
    let parent: UInt32

    func makeIterator() -> Iterator {
        let record = tree.records[Int(parent)]
        let isCollection = record.shape == .sequence || record.shape == .mapping
        return Iterator(tree: tree, index: parent + 1, end: isCollection ? record.next : parent)
    }

    /// A position among the children.
    struct Iterator: IteratorProtocol {
        let tree: MarkedTree
        var index: UInt32
        let end: UInt32

        mutating func next() -> UInt32? {
            guard index < end else { return nil }
            defer { index = tree.records[Int(index)].next }
            return index
        }
    }
}

/// Walks the children of a mapping two by two.
private struct PairIndices: Sequence, IteratorProtocol {
    var children: ChildIndices.Iterator

    mutating func next() -> (key: UInt32, value: UInt32)? {
        guard let key = children.next(), let value = children.next() else { return nil }
        return (key, value)
    }
}

extension MarkedTree {
    /// Whether a record, or the one it is an alias of, is a scalar with this text.
    func hasText(_ index: UInt32, _ name: UnsafeBufferPointer<UInt8>) -> Bool {
        let record = records[Int(resolved(index))]
        guard record.shape == .scalar, Int(record.count) == name.count else { return false }
        return withText(of: record) { $0.elementsEqual(name) }
    }

    /// Whether a key is a plain `<<` (yaml.org/type/merge.html).
    func isMergeKey(_ index: UInt32) -> Bool {
        let record = records[Int(index)]
        guard record.shape == .scalar, record.style == .plain, record.count == 2 else {
            return false
        }
        return withText(of: record) { $0[0] == UInt8(ascii: "<") && $0[1] == UInt8(ascii: "<") }
    }
}
