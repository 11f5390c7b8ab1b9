/// Chooses the replicas of ketama sections and spreads them over zones
/// (`calculateSectionReplicas` in pkg/receive/hashring.go).
struct ZoneWalk {
    /// The endpoint of each section, in the order of the circle.
    private let owners: [Int32]
    /// The zone of each endpoint, as an index into `spread`.
    private let zones: [Int]
    /// How many replicas of the section at hand each zone has.
    private var spread: [Int]

    init(owners: [Int32], zones names: [String]) {
        self.owners = owners
        var numbers: [String: Int] = [:]
        for name in names where numbers[name] == nil { numbers[name] = numbers.count }
        zones = names.compactMap { numbers[$0] }
        spread = Array(repeating: 0, count: numbers.count)
    }

    /// Walks clockwise and takes an endpoint once, from the zones that have the fewest so far.
    ///
    /// False when a whole round adds nothing: there Thanos walks for ever.
    mutating func appendReplicas(
        from start: Int, count: Int, to replicas: inout [Int32]
    ) -> Bool {
        let first = replicas.count
        for zone in spread.indices { spread[zone] = 0 }
        var position = start
        var idle = 0
        while replicas.count - first < count {
            guard idle < owners.count else { return false }
            let endpoint = owners[position]
            position = position + 1 == owners.count ? 0 : position + 1
            idle += 1
            let zone = zones[Int(endpoint)]
            guard isOpen(zone), !replicas[first...].contains(endpoint) else { continue }
            replicas.append(endpoint)
            spread[zone] += 1
            idle = 0
        }
        return true
    }

    private func isOpen(_ zone: Int) -> Bool {
        spread.count < 2 || spread[zone] == 0 || spread[zone] <= spread.min() ?? 0
    }
}
