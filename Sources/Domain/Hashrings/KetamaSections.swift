import MarkedYAML
import TimeSeries

/// The circle of a ketama ring, every section with the endpoints of its replicas.
struct KetamaSections: Sendable {
    /// Sections of an endpoint (`SectionsPerNode` in pkg/receive/hashring.go).
    private static let sectionsPerEndpoint = 1000

    /// The ends of the sections in ascending order.
    let ends: [UInt64]
    /// Endpoint indices of all sections one after the other, `replicationFactor` each.
    private let replicas: [Int32]
    private let replicationFactor: Int
    /// The first section that ends at or behind the begin of each of equally long stretches.
    private let stretches: [Int32]
    /// How far a hash is shifted to be the number of its stretch.
    private let stretchShift: UInt64

    init(_ spec: HashringSpec, replicationFactor: Int) throws(HashringError) {
        let sections = Self.sections(spec.endpoints)
        var walk = ZoneWalk(
            owners: sections.map(\.endpoint), zones: spec.endpoints.map(\.az))
        var replicas: [Int32] = []
        replicas.reserveCapacity(sections.count * replicationFactor)
        for index in sections.indices {
            guard walk.appendReplicas(from: index, count: replicationFactor, to: &replicas)
            else { throw Self.unevenZones(spec) }
        }
        ends = sections.map(\.end)
        self.replicas = replicas
        self.replicationFactor = replicationFactor
        let bits = max(1, Int.bitWidth - ends.count.leadingZeroBitCount)
        stretchShift = UInt64(UInt64.bitWidth - bits)
        stretches = Self.stretches(ends, count: 1 << bits, shift: stretchShift)
    }

    private static func sections(
        _ endpoints: [HashringEndpoint]
    ) -> [(end: UInt64, endpoint: Int32)] {
        var sections: [(end: UInt64, endpoint: Int32)] = []
        sections.reserveCapacity(endpoints.count * sectionsPerEndpoint)
        for (index, endpoint) in endpoints.enumerated() {
            let prefix = Array((endpoint.address.value + ":").utf8)
            for number in 1...sectionsPerEndpoint {
                let hash = XXH64.hash(prefix + Array(String(number).utf8))
                sections.append((hash, Int32(index)))
            }
        }
        return sections.sorted { ($0.end, $0.endpoint) < ($1.end, $1.endpoint) }
    }

    private static func stretches(_ ends: [UInt64], count: Int, shift: UInt64) -> [Int32] {
        var section = 0
        return (0..<count).map { stretch in
            while section < ends.count, ends[section] < UInt64(stretch) << shift { section += 1 }
            return Int32(section)
        }
    }

    private static func unevenZones(_ spec: HashringSpec) -> HashringError {
        HashringError(
            code: .unevenZones,
            message: "ketama: zones of hashring \(spec.name?.value ?? "") are too uneven for the "
                + "replication factor; thanos receive would never finish building it",
            range: spec.range)
    }

    /// The endpoints of a series' replicas: those of the first section that ends at or behind
    /// its hash, and of section 0 behind the last.
    ///
    /// Complexity: constant on average, as hashes of sections are spread evenly.
    func replicas(forHash hash: UInt64) -> ArraySlice<Int32> {
        guard !ends.isEmpty else { return [] }
        var section = Int(stretches[Int(hash >> stretchShift)])
        while section < ends.count, ends[section] < hash { section += 1 }
        if section == ends.count { section = 0 }
        return replicas[section * replicationFactor..<(section + 1) * replicationFactor]
    }
}
