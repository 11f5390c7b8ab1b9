/// What was seen of one source, and what of it was not.
package struct Observed<Item: Sendable>: Sendable {
    package var items: [Item]
    package var missing: [MissingEvidence]

    package init(_ items: [Item] = [], missing: [MissingEvidence] = []) {
        self.items = items
        self.missing = missing
    }
}
