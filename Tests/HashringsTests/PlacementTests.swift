import Hashrings
import MarkedYAML
import Testing
import TimeSeries

@Suite("Placement of series")
struct PlacementTests {
    @Test(
        "hashes as xxHash's own vectors say",
        arguments: [
            ("", 0xef46_db37_51d8_e999), ("a", 0xd24e_c4f1_a98c_6e5b),
            ("abc", 0x44bc_2cf5_ad77_0999),
        ] as [(String, UInt64)])
    func xxh64(text: String, expected: UInt64) {
        #expect(XXH64.hash(Array(text.utf8)) == expected)
    }

    @Test("is what Thanos computes", arguments: try RecordedRing.all())
    func recorded(ring: RecordedRing) throws {
        let configuration = try HashringConfiguration(text: ring.configuration)
        if let refusal = ring.error {
            let errors = configuration.rings.flatMap {
                $0.constructionErrors(
                    flagAlgorithm: ring.algorithm, replicationFactor: ring.replicationFactor)
            }
            #expect(errors.first?.message == refusal)
            return
        }
        let placements = try Placements(configuration, ring)
        for vector in ring.vectors {
            let hash = XXH64.hash(tenant: vector.tenant, labels: vector.labels)
            #expect(hash == vector.hash)
            let placed = placements.nodes(forTenant: vector.tenant, hash: hash)
            #expect(placed.endpoints == vector.endpoints)
            #expect(placed.error == vector.error)
        }
    }

    @Test("refuses zones with which Thanos would never finish")
    func unevenZones() throws {
        let configuration = try HashringConfiguration(
            text: """
                [{"endpoints": [{"address": "a:1", "az": "x"}, {"address": "b:1", "az": "y"},
                  {"address": "c:1", "az": "y"}, {"address": "d:1", "az": "y"}]}]
                """)
        let error = #expect(throws: HashringError.self) {
            try Hashring(configuration.rings[0], flagAlgorithm: .ketama, replicationFactor: 4)
        }
        #expect(error?.code == .unevenZones)
    }
}

/// The rings of one recording, built once.
private struct Placements {
    private let configuration: HashringConfiguration
    private let rings: [Hashring]
    private let replicationFactor: Int

    init(_ configuration: HashringConfiguration, _ recorded: RecordedRing) throws {
        self.configuration = configuration
        replicationFactor = recorded.replicationFactor
        rings = try configuration.rings.map {
            try Hashring(
                $0, flagAlgorithm: recorded.algorithm,
                replicationFactor: recorded.replicationFactor)
        }
    }

    func nodes(forTenant tenant: String, hash: UInt64) -> (endpoints: [String], error: String?) {
        var endpoints: [String] = []
        do throws(HashringError) {
            let ring = try ring(forTenant: tenant)
            for replica in 0..<replicationFactor {
                endpoints.append(try ring.node(forHash: hash, replica: replica).address.value)
            }
            return (endpoints, nil)
        } catch {
            return (endpoints, error.message)
        }
    }

    private func ring(forTenant tenant: String) throws(HashringError) -> Hashring {
        for (spec, ring) in zip(configuration.rings, rings) where try spec.takes(tenant: tenant) {
            return ring
        }
        throw .noMatchingHashring
    }
}
