import Hashrings

/// Where the series of one tenant go (`distributeTimeseriesToReplicas` in pkg/receive/handler.go).
///
/// Series whose replicas go to the same nodes share a *placement*. A ring has few of them, so
/// replies need not be counted series by series, and a series costs one number here.
struct Distribution: Sendable {
    /// One write: the share of a node as a replica, which Thanos sends for itself.
    struct Shipment: Hashable, Sendable {
        /// The index that the lookup gave.
        let endpoint: Int
        /// Counted from 0.
        let replica: Int
        /// Counted from `firstPlacement`.
        var placements: [Int] = []
        var seriesCount = 0
    }

    private(set) var shipments: [Shipment] = []
    private let firstPlacement: Int
    /// For each placement its shipments in the order of the replicas.
    private var placements: [[Int]] = []
    private var placementOfSeries: [Int] = []

    /// Looks every series' nodes up by its hash; the first lookup that fails ends it.
    ///
    /// The tenants of one request number their placements one after the other, to share a round.
    init(
        hashes: some Sequence<UInt64>, replicas: Range<Int>, firstPlacement: Int = 0,
        endpoint: (_ hash: UInt64, _ replica: Int) throws(HashringError) -> Int
    ) throws(HashringError) {
        self.firstPlacement = firstPlacement
        var known: [[Int]: Int] = [:]
        var nodes: [Int] = []
        for hash in hashes {
            nodes.removeAll(keepingCapacity: true)
            for replica in replicas {
                nodes.append(try endpoint(hash, replica))
            }
            let placement = known[nodes] ?? addPlacement(on: nodes, replicas, &known)
            placementOfSeries.append(placement)
            for shipment in placements[placement] { shipments[shipment].seriesCount += 1 }
        }
    }

    private mutating func addPlacement(
        on nodes: [Int], _ replicas: Range<Int>, _ known: inout [[Int]: Int]
    ) -> Int {
        let placement = placements.count
        known[nodes] = placement
        placements.append(
            zip(nodes, replicas).map { endpoint, replica in
                let index = shipment(to: endpoint, as: replica)
                shipments[index].placements.append(firstPlacement + placement)
                return index
            })
        return placement
    }

    private mutating func shipment(to endpoint: Int, as replica: Int) -> Int {
        let known = shipments.firstIndex { $0.endpoint == endpoint && $0.replica == replica }
        if let known { return known }
        shipments.append(Shipment(endpoint: endpoint, replica: replica))
        return shipments.count - 1
    }
}

extension Distribution {
    var placementCount: Int { placements.count }

    /// The shipments that a series belongs to, as indices into `shipments`.
    func shipments(ofSeries series: Int) -> [Int] {
        placements[placementOfSeries[series]]
    }

    /// Tells of a series, by its place in the request, whether it belongs to a shipment.
    func membership(of shipment: Shipment) -> @Sendable (_ series: Int) -> Bool {
        var isMember = [Bool](repeating: false, count: placements.count)
        for placement in shipment.placements {
            isMember[placement - firstPlacement] = true
        }
        return { [isMember, placementOfSeries] in isMember[placementOfSeries[$0]] }
    }
}
