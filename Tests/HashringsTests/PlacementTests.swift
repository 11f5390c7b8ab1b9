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
        guard let rings = try built(ring) else { return }
        for vector in ring.vectors {
            let hasher = SeriesHasher(tenant: vector.tenant)
            let hash = hasher.hash(LabelSet(vector.labels))
            #expect(hash == vector.hash)
            #expect(XXH64.hash(tenant: vector.tenant, labels: vector.labels) == vector.hash)
            let placed = Placed(rings, vector.tenant, hash, factor: ring.replicationFactor)
            #expect(placed.endpoints == vector.endpoints)
            // One of the two recordings keeps the first error only.
            #expect(Array(placed.errors.prefix(vector.errors.count)) == vector.errors)
            #expect(placed.errors.isEmpty == vector.errors.isEmpty)
        }
    }

    @Test("answers series in lines as Thanos places them", arguments: try RecordedRing.all())
    func located(ring: RecordedRing) throws {
        guard let rings = try built(ring) else { return }
        for vector in ring.vectors {
            let labels = JSONObject(vector.labels.map { ($0.name, JSONValue.string($0.value)) })
            let line = JSONValue.object(["labels": .object(labels)]).compact
            let answer: String
            do throws(HashringError) {
                let locator = try SeriesLocator(rings, tenant: vector.tenant)
                answer = locator.answer(to: Array(line.utf8))
            } catch {
                answer = SeriesLocator.refusal(error.message)
            }
            #expect(answer == Self.expectedAnswer(vector))
        }
    }

    private static func expectedAnswer(_ vector: RecordedRing.Vector) -> String {
        if let error = vector.errors.first { return "{\"error\": \"\(error)\"}" }
        let digits = String(vector.hash ?? 0, radix: 16)
        let hash = String(repeating: "0", count: 16 - digits.count) + digits
        let endpoints = vector.endpoints.map { "\"\($0)\"" }.joined(separator: ", ")
        return "{\"hash\": \"\(hash)\", \"endpoints\": [\(endpoints)]}"
    }

    /// The rings of a recording; nil for one that Thanos refuses, once the words are compared.
    private func built(_ ring: RecordedRing) throws -> MultiHashring? {
        let configuration = try HashringConfiguration(text: ring.configuration)
        do throws(HashringError) {
            let rings = try MultiHashring(
                configuration, flagAlgorithm: ring.algorithm,
                replicationFactor: ring.replicationFactor)
            #expect(ring.error == nil)
            return rings
        } catch {
            #expect(error.message == ring.error)
            return nil
        }
    }

    @Test("wraps around with the hash, as a sum of 64 bits does")
    func wrapping() throws {
        let configuration = try HashringConfiguration(
            text: #"[{"endpoints": ["a:1", "b:1", "c:1", "d:1", "e:1"]}]"#)
        let ring = try Hashring(
            configuration.rings[0], flagAlgorithm: .hashmod, replicationFactor: 4)
        let hashes: [UInt64] = [.max, .max - 1, .max - 2, .max - 3, .max - 4, 0, 1, 4, 5]
        for hash in hashes {
            let expected = (0..<4).map { Int32((hash &+ UInt64($0)) % 5) }
            #expect(Array(ring.replicas(forHash: hash)) == expected)
        }
    }

    @Test("does not follow shuffle sharding, and says so")
    func shuffling() throws {
        let rings = try MultiHashring(
            try HashringConfiguration(
                text: #"""
                    [{"hashring": "s", "endpoints": ["a:1", "b:1"],
                      "shuffle_sharding_config": {"shard_size": 1}}]
                    """#), flagAlgorithm: .ketama, replicationFactor: 1)
        let error = #expect(throws: HashringError.self) {
            try SeriesLocator(rings, tenant: "any")
        }
        #expect(error?.code == .shuffleShardingNotFollowed)
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

/// The nodes of all replicas of a series, and why some have none.
private struct Placed {
    private(set) var endpoints: [String] = []
    private(set) var errors: [String] = []

    init(_ rings: MultiHashring, _ tenant: String, _ hash: UInt64, factor: Int) {
        do throws(HashringError) {
            let ring = try rings.placement(forTenant: tenant).ring
            for replica in 0..<factor { place(ring, hash, replica) }
            #expect(
                ring.replicas(forHash: hash).map { ring.endpoints[Int($0)].address.value }
                    == endpoints)
        } catch {
            errors.append(error.message)
        }
    }

    private mutating func place(_ ring: Hashring, _ hash: UInt64, _ replica: Int) {
        do throws(HashringError) {
            endpoints.append(try ring.node(forHash: hash, replica: replica).address.value)
        } catch {
            errors.append(error.message)
        }
    }
}
