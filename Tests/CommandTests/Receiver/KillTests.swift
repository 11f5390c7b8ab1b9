import FoundationEssentials
import IncidentLab
import LoopbackServer
import TestSupport
import Testing

/// What was acknowledged survives `kill -9`, whenever it comes.
///
/// `RECEIVER_KILLS` in the environment says how many, `RECEIVER_KILL_SEED` which.
@Suite("A receiver that is killed", .timeLimit(.minutes(30)))
struct KillTests {
    private static let connections = 6
    private static let kills = number("RECEIVER_KILLS") ?? 50
    private static let seed = number("RECEIVER_KILL_SEED") ?? Int.random(in: 0..<1_000_000)

    private static func number(_ variable: String) -> Int? {
        ProcessInfo.processInfo.environment[variable].flatMap(Int.init)
    }

    @Test("has every acknowledged sample after kills at random points under load")
    func losesNothing() async throws {
        print("\(Self.kills) kills with RECEIVER_KILL_SEED=\(Self.seed)")
        let network = try LabNetwork()
        let data = try TemporaryFolder()
        let node = ReceiverNode(address: network.address(11), folder: "\(data.path)/tsdb")
        var chance = SeededNumbers(seed: UInt64(Self.seed))
        let ledger = Ledger(seed: chance.next())
        for round in 0..<Self.kills {
            // Before it is ready, while it reads what the last one has left.
            if round.isMultiple(of: 5) { try await node.killed(after: "level=") {} }
            let answers = Int.random(in: 1...60, using: &chance)
            try await Self.kill(node, after: answers, round: round, in: ledger)
        }
        let owed = ledger.owed
        expect(
            owed, in: try await Promtool.dump(node.tenantFolder),
            "in the dump of what was killed, seed \(Self.seed)")
        print("\(owed.count) samples acknowledged")
        #expect(owed.count > Self.kills * Self.connections)
        let found = try await node.running {
            try await node.api.range("\(Ledger.metric)[30d]", at: ledger.newest).floats
        }
        expect(owed, in: found, "by query, seed \(Self.seed)")
        let dumped = try await Promtool.dump(node.tenantFolder)
        expect(owed, in: dumped, "in the dump of what was stopped, seed \(Self.seed)")
        withExtendedLifetime(network) {}
    }

    /// Kills it right after so many answers, while the other connections are anywhere; every
    /// fourth time it is told to stop first, and killed while it flushes.
    private static func kill(
        _ node: ReceiverNode, after answers: Int, round: Int, in ledger: Ledger
    ) async throws {
        let isStopped = round % 4 == 3
        let load = try await node.killed {
            let load = WriteLoad(to: node, connections: connections, round: round, in: ledger)
            for await answer in load.answers.prefix(answers) {
                #expect(answer.status == 200, "round \(round): \(answer.body)")
            }
            guard isStopped else { return load }
            try node.terminate()
            for await _ in load.answers {}
            return load
        }
        // Answers that were on their way count as well.
        for await answer in load.answers {
            #expect(answer.status == 200, "round \(round): \(answer.body)")
        }
    }
}
