import Hashrings
import MarkedYAML
import Testing

@Suite("Shares of series")
struct SharesTests {
    private static func ring(
        _ algorithm: HashringAlgorithm, _ nodes: Int, copies: Int
    ) throws -> Hashring {
        let addresses = (0..<nodes).map { "\"receive-\($0):10901\"" }.joined(separator: ",")
        let configuration = try HashringConfiguration(
            text: "[{\"endpoints\": [\(addresses)]}]")
        return try Hashring(
            configuration.rings[0], flagAlgorithm: algorithm, replicationFactor: copies)
    }

    /// Two rings and what their comparison has to say.
    struct Row: Sendable, CustomTestStringConvertible {
        let old: (HashringAlgorithm, Int)
        let new: (HashringAlgorithm, Int)
        var copies = 1

        var testDescription: String { "\(old) to \(new), \(copies) copies" }
    }

    static let rows = [
        Row(old: (.hashmod, 3), new: (.hashmod, 4)),
        Row(old: (.hashmod, 6), new: (.hashmod, 4), copies: 3),
        Row(old: (.ketama, 3), new: (.ketama, 4), copies: 3),
        Row(old: (.ketama, 5), new: (.ketama, 4), copies: 2),
        Row(old: (.hashmod, 3), new: (.ketama, 4), copies: 2),
        Row(old: (.ketama, 1), new: (.hashmod, 1)),
    ]

    @Test("are what counting many hashes comes to", arguments: rows)
    func counted(row: Row) throws {
        let old = try Self.ring(row.old.0, row.old.1, copies: row.copies)
        let new = try Self.ring(row.new.0, row.new.1, copies: row.copies)
        let plan = try HashringPlan(from: old, to: new)
        var (hash, owned, series, replicas) = (UInt64(0), 0, 0, 0)
        let samples = 50_000
        for _ in 0..<samples {
            hash &+= 0x9E37_79B9_7F4A_7C15
            let before = old.replicas(forHash: hash).map { old.endpoints[Int($0)].address.value }
            let after = new.replicas(forHash: hash).map { new.endpoints[Int($0)].address.value }
            if before.first != after.first { owned += 1 }
            if Set(before) != Set(after) { series += 1 }
            replicas += Set(after).subtracting(before).count
        }
        #expect(abs(plan.owned - Double(owned) / Double(samples)) < 0.01)
        #expect(abs(plan.series - Double(series) / Double(samples)) < 0.01)
        #expect(
            abs(plan.replicas - Double(replicas) / Double(samples * row.copies)) < 0.01)
        for (copies, sum) in [
            (row.copies, plan.changes.map(\.before).reduce(0, +)),
            (row.copies, plan.changes.map(\.after).reduce(0, +)),
        ] {
            #expect(abs(Double(copies) - sum) < 1e-9)
        }
    }

    @Test("do not move when nothing changes", arguments: [HashringAlgorithm.hashmod, .ketama])
    func unchanged(algorithm: HashringAlgorithm) throws {
        let ring = try Self.ring(algorithm, 5, copies: 3)
        let plan = try HashringPlan(from: ring, to: ring)
        #expect([plan.owned, plan.series, plan.replicas] == [0, 0, 0])
    }

    @Test("of a hashmod ring are equal, of any ring they are all series")
    func sums() throws {
        let even = try HashringShares(Self.ring(.hashmod, 4, copies: 3)).nodes
        #expect(even.map(\.owned) == [0.25, 0.25, 0.25, 0.25])
        #expect(even.map(\.held) == [0.75, 0.75, 0.75, 0.75])
        let uneven = try HashringShares(Self.ring(.ketama, 4, copies: 3)).nodes
        #expect(abs(uneven.map(\.owned).reduce(0, +) - 1) < 1e-9)
        #expect(abs(uneven.map(\.held).reduce(0, +) - 3) < 1e-9)
        #expect(Set(uneven.map(\.owned)).count == 4)
    }

    @Test("of rings beyond all measure are not computed")
    func tooLarge() throws {
        let error = #expect(throws: HashringError.self) {
            try HashringPlan(
                from: Self.ring(.hashmod, 5003, copies: 1),
                to: Self.ring(.hashmod, 5009, copies: 1))
        }
        #expect(error?.code == .tooLargeToCompare)
    }
}
