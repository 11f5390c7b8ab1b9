package import MarkedYAML

/// A whole list, gathered from as many pages as it took.
package struct ListResult: Sendable {
    /// Every item, each marked with its place in the page it came from.
    package var items: [Node]
    /// The pages in order, as the server sent them.
    package var pages: [ListPage]
    /// Of the last page; empty when the server named none.
    package var resourceVersion: String

    package init(items: [Node], pages: [ListPage], resourceVersion: String) {
        self.items = items
        self.pages = pages
        self.resourceVersion = resourceVersion
    }
}

/// One page of a list.
package struct ListPage: Sendable {
    /// Path and query that it answers.
    package var path: String
    package var document: Node

    package init(path: String, document: Node) {
        self.path = path
        self.document = document
    }
}

/// A container's log, as far as it was taken.
package struct ContainerLog: Sendable {
    package var bytes: [UInt8]
    /// The bound was reached: there may be more.
    package var isTruncated: Bool

    package init(bytes: [UInt8], isTruncated: Bool) {
        self.bytes = bytes
        self.isTruncated = isTruncated
    }
}

/// The keys of a Secret that were asked for, decoded; never printed.
package struct SecretValues: Sendable, CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    private let values: [String: [UInt8]]
    /// All keys of the Secret, the ones not asked for included.
    package let keys: [String]

    init(values: [String: [UInt8]], keys: [String]) {
        self.values = values
        self.keys = keys
    }

    package subscript(key: String) -> [UInt8]? { values[key] }

    package var description: String { "secret with keys \(keys.joined(separator: ", "))" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: ["keys": keys]) }
}
