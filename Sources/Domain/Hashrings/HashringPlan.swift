import MarkedYAML

/// What happens to the series of a tenant when its ring is replaced by another.
package struct HashringPlan: Sendable {
    /// One address of either ring.
    package struct Change: Sendable {
        package let address: String
        /// Series of which it has a replica, from 0 to 1; 0 where the ring does not know it.
        package fileprivate(set) var before = 0.0
        package fileprivate(set) var after = 0.0
    }

    /// By address.
    package let changes: [Change]
    /// Series that get another first replica, from 0 to 1.
    package let owned: Double
    /// Series of which some node loses or gets a replica, from 0 to 1.
    package let series: Double
    /// Replicas that come to a node that did not have the series, from 0 to 1 of all replicas.
    package let replicas: Double

    /// Complexity: linear in the parts that both rings together tell apart.
    package init(from old: Hashring, to new: Hashring) throws(HashringError) {
        let addresses = Set((old.endpoints + new.endpoints).map(\.address.value)).sorted()
        let numbers = Dictionary(uniqueKeysWithValues: zip(addresses, addresses.indices))
        let oldNumbers = old.endpoints.map { numbers[$0.address.value] ?? 0 }
        let newNumbers = new.endpoints.map { numbers[$0.address.value] ?? 0 }
        var changes = addresses.map { Change(address: $0) }
        var (owned, series, replicas) = (0.0, 0.0, 0.0)
        try HashSpace([old, new]).forEachPart { share, parts in
            let before = parts[0].map { oldNumbers[Int($0)] }
            let after = parts[1].map { newNumbers[Int($0)] }
            for number in Set(before) { changes[number].before += share }
            for number in Set(after) { changes[number].after += share }
            if before.first != after.first { owned += share }
            if Set(before) != Set(after) { series += share }
            let arriving = Set(after).subtracting(before).count
            replicas += share * Double(arriving) / Double(max(1, after.count))
        }
        self.changes = changes
        (self.owned, self.series, self.replicas) = (owned, series, replicas)
    }
}
