import Hashrings
import TestSupport
import Testing

@testable import ReferenceReceiver

@Suite("The distribution of series")
struct DistributionTests {
    /// As hashmod places.
    private static func hashmod(nodes: Int) -> (UInt64, Int) -> Int {
        { hash, replica in Int((hash &+ UInt64(replica)) % UInt64(nodes)) }
    }

    @Test("makes one shipment for each node and replica")
    func shipments() throws {
        let distribution = try Distribution(
            hashes: [0, 1, 3], replicas: 0..<2, endpoint: Self.hashmod(nodes: 3))
        #expect(distribution.placementCount == 2)
        #expect(
            distribution.shipments == [
                .init(endpoint: 0, replica: 0, placements: [0], seriesCount: 2),
                .init(endpoint: 1, replica: 1, placements: [0], seriesCount: 2),
                .init(endpoint: 1, replica: 0, placements: [1], seriesCount: 1),
                .init(endpoint: 2, replica: 1, placements: [1], seriesCount: 1),
            ])
        #expect((0..<3).map(distribution.shipments(ofSeries:)) == [[0, 1], [2, 3], [0, 1]])
    }

    @Test("puts every series where the ring puts it", arguments: UInt64(0)..<20)
    func agreesWithRing(seed: UInt64) throws {
        var random = SeededNumbers(seed: seed)
        let nodes = Int.random(in: 3...12, using: &random)
        // Any lookup will do, as long as it gives the same nodes for the same hash.
        let lookup: (UInt64, Int) -> Int = { hash, replica in
            Int((hash >> UInt64(8 * replica)) % UInt64(nodes))
        }
        let hashes = (0..<500).map { _ in UInt64.random(in: 0..<4096, using: &random) }
        let distribution = try Distribution(
            hashes: hashes, replicas: 0..<3, firstPlacement: 7, endpoint: lookup)
        let memberships = distribution.shipments.map(distribution.membership)
        for (series, hash) in hashes.enumerated() {
            let shipments = distribution.shipments(ofSeries: series)
            #expect(shipments.map { distribution.shipments[$0].replica } == [0, 1, 2])
            #expect(
                shipments.map { distribution.shipments[$0].endpoint }
                    == (0..<3).map { lookup(hash, $0) })
            let members = memberships.indices.filter { memberships[$0](series) }
            #expect(members == shipments.sorted())
        }
        let numbers = Set(distribution.shipments.flatMap(\.placements))
        #expect(numbers == Set(7..<7 + distribution.placementCount))
    }

    @Test("looks up only the replica that another receiver asks for")
    func replicated() throws {
        let distribution = try Distribution(
            hashes: [5], replicas: 2..<3, endpoint: Self.hashmod(nodes: 3))
        #expect(
            distribution.shipments == [
                .init(endpoint: 1, replica: 2, placements: [0], seriesCount: 1)
            ])
    }

    @Test("ends with the first lookup that fails")
    func lookupFails() {
        #expect(throws: HashringError.self) {
            try Distribution(hashes: [1, 2], replicas: 0..<2) {
                _, replica throws(HashringError) in
                guard replica < 1 else { throw .insufficientNodes(have: 1, want: 2) }
                return 0
            }
        }
    }
}
