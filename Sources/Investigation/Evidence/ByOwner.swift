package import KubernetesModel

/// What was seen of each receiver group, agent or component: in their order, and found by name.
package struct ByOwner<Element: Owned>: RandomAccessCollection, ExpressibleByArrayLiteral,
    Sendable
{
    private let elements: [Element]
    private let places: [ObjectReference: Int]

    package init(_ elements: [Element]) {
        self.elements = elements
        places = Dictionary(
            elements.enumerated().map { ($0.element.owner, $0.offset) }
        ) { first, _ in first }
    }

    package var startIndex: Int { elements.startIndex }
    package var endIndex: Int { elements.endIndex }
    package subscript(position: Int) -> Element { elements[position] }

    package init(arrayLiteral elements: Element...) { self.init(elements) }

    /// What was seen of this one.
    package func of(_ owner: ObjectReference) -> Element? { places[owner].map { elements[$0] } }
}
