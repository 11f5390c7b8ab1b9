import MarkedYAML
import TimeSeries

/// The circle of a ketama ring, every section with the endpoints of its replicas.
struct KetamaSections: Sendable {
    /// Sections of an endpoint (`SectionsPerNode` in pkg/receive/hashring.go).
    private static let sectionsPerEndpoint = 1000

    private struct Section: Sendable {
        let hash: UInt64
        let endpoint: Int
        let az: String
    }

    private let hashes: [UInt64]
    /// Endpoint indices of all sections one after the other, `replicationFactor` each.
    private let replicas: [Int]
    private let replicationFactor: Int

    init(_ spec: HashringSpec, replicationFactor: Int) throws(HashringError) {
        let sections = Self.sections(spec.endpoints)
        let zones = Set(spec.endpoints.map(\.az))
        var replicas: [Int] = []
        replicas.reserveCapacity(sections.count * replicationFactor)
        for index in sections.indices {
            guard
                let chosen = Self.replicas(
                    from: index, in: sections, zones: zones, count: replicationFactor)
            else { throw Self.unevenZones(spec) }
            replicas += chosen
        }
        hashes = sections.map(\.hash)
        self.replicas = replicas
        self.replicationFactor = replicationFactor
    }

    private static func sections(_ endpoints: [HashringEndpoint]) -> [Section] {
        var sections: [Section] = []
        sections.reserveCapacity(endpoints.count * sectionsPerEndpoint)
        for (index, endpoint) in endpoints.enumerated() {
            let prefix = Array((endpoint.address.value + ":").utf8)
            for number in 1...sectionsPerEndpoint {
                let hash = XXH64.hash(prefix + Array(String(number).utf8))
                sections.append(Section(hash: hash, endpoint: index, az: endpoint.az))
            }
        }
        return sections.sorted { ($0.hash, $0.endpoint) < ($1.hash, $1.endpoint) }
    }

    /// Walks clockwise and takes an endpoint once, from the zones that have the fewest so far.
    ///
    /// Nil when a whole round adds nothing: there Thanos walks for ever.
    private static func replicas(
        from start: Int, in sections: [Section], zones: Set<String>, count: Int
    ) -> [Int]? {
        var chosen: [Int] = []
        var spread = Dictionary(uniqueKeysWithValues: zones.map { ($0, 0) })
        var position = start
        var idle = 0
        while chosen.count < count {
            guard idle < sections.count else { return nil }
            let section = sections[position]
            position = (position + 1) % sections.count
            idle += 1
            if chosen.contains(section.endpoint) { continue }
            let taken = spread[section.az, default: 0]
            if zones.count > 1, taken > 0, taken > (spread.values.min() ?? 0) { continue }
            chosen.append(section.endpoint)
            spread[section.az] = taken + 1
            idle = 0
        }
        return chosen
    }

    private static func unevenZones(_ spec: HashringSpec) -> HashringError {
        HashringError(
            code: .unevenZones,
            message: "ketama: zones of hashring \(spec.name?.value ?? "") are too uneven for the "
                + "replication factor; thanos receive would never finish building it",
            range: spec.range)
    }

    /// The endpoint of a replica; nil for a replica beyond the factor.
    ///
    /// Complexity: logarithmic in the sections.
    func endpoint(forHash hash: UInt64, replica: Int) -> Int? {
        guard replica < replicationFactor, !hashes.isEmpty else { return nil }
        var low = 0
        var high = hashes.count
        while low < high {
            let middle = (low + high) / 2
            if hashes[middle] < hash { low = middle + 1 } else { high = middle }
        }
        let section = low == hashes.count ? 0 : low
        return replicas[section * replicationFactor + replica]
    }
}
