package enum NodeKind: Sendable, Hashable { case scalar, sequence, mapping }

package enum ScalarStyle: UInt8, Sendable, Hashable {
    case plain, singleQuoted, doubleQuoted, literal, folded
}

/// A node of a document: a handle of two words into a tree that is shared.
///
/// An alias reads as the node it names, but keeps its own place.
package struct Node: Sendable {
    let tree: MarkedTree
    let index: UInt32

    /// The record at the place of this node, which may be an alias.
    var placed: NodeRecord { tree.records[Int(index)] }
    /// The record that holds the content.
    var record: NodeRecord { tree.records[Int(tree.resolved(index))] }

    package var kind: NodeKind {
        switch record.shape {
        case .scalar, .alias: .scalar
        case .sequence: .sequence
        case .mapping: .mapping
        }
    }

    /// How a scalar was written; plain for collections.
    package var style: ScalarStyle { record.style }

    /// Whether this is a collection in brackets or braces, as all of JSON is.
    package var isFlow: Bool { record.traits.contains(.flow) }

    /// Whether this stands for a node that was written elsewhere.
    package var isAlias: Bool { placed.shape == .alias }

    /// From the first to after the last byte of content, in the outermost text.
    package var range: SourceRange {
        let record = placed
        return tree.range(of: Int(record.start)..<Int(record.end))
    }

    /// The outermost text this was read from.
    package var source: SourceText { tree.origin?.outermost ?? tree.source }

    /// The explicit tag with its handle expanded, such as `tag:yaml.org,2002:str` for `!!str`.
    package var tag: String? {
        let target = tree.resolved(index)
        guard tree.records[Int(target)].traits.contains(.tagged) else { return nil }
        return tree.tags[target]
    }

    /// The decoded text of a scalar; nil for collections and for null.
    package var string: String? { isNull ? nil : scalarText }

    /// The decoded text of a scalar, null included.
    package var scalarText: String? { withUTF8 { String(decoding: $0, as: UTF8.self) } }

    /// The decoded bytes of a scalar; nil for collections.
    package func withUTF8<R>(_ body: (UnsafeBufferPointer<UInt8>) -> R) -> R? {
        let record = record
        guard record.shape == .scalar else { return nil }
        return tree.withText(of: record, body)
    }

    /// Whether this is a scalar with exactly this text.
    package func hasText(_ text: StaticString) -> Bool {
        let expected = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
        return withUTF8 { $0.elementsEqual(expected) } ?? false
    }

    /// Whether this is a scalar with exactly this text.
    package func hasText(_ text: String) -> Bool {
        withUTF8 { $0.elementsEqual(text.utf8) } ?? false
    }
}

extension Node: Hashable {
    /// Two handles are equal when they name the same place of the same tree.
    package static func == (left: Node, right: Node) -> Bool {
        left.tree === right.tree && left.index == right.index
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(ObjectIdentifier(tree))
        hasher.combine(index)
    }
}
