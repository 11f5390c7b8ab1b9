/// What part of all series each node of a ring gets.
package struct HashringShares: Sendable {
    /// One node of the ring.
    package struct Node: Sendable {
        package let endpoint: HashringEndpoint
        /// Series of which it is the first replica, from 0 to 1.
        package fileprivate(set) var owned = 0.0
        /// Series of which it has a replica, from 0 to 1.
        package fileprivate(set) var held = 0.0
    }

    /// In the order of the ring.
    package private(set) var nodes: [Node]

    /// Complexity: linear in the ring's sections.
    package init(_ ring: Hashring) throws(HashringError) {
        var nodes = ring.endpoints.map { Node(endpoint: $0) }
        try HashSpace([ring]).forEachPart { share, replicas in
            for (position, node) in replicas[0].enumerated() {
                if position == 0 { nodes[Int(node)].owned += share }
                nodes[Int(node)].held += share
            }
        }
        self.nodes = nodes
    }
}
