import Testing

@testable import ReferenceReceiver

@Suite("A quorum round, against recorded answers")
struct RecordedQuorumTests {
    private static let nodes = ["A": "127.0.0.1:1", "B": "127.0.0.1:2", "C": "127.0.0.1:3"]

    @Test("answers as a real receiver does when two of three nodes are down")
    func twoDown() async throws {
        let recorded = try #require(try Self.response("rf3-hashmod-two-down"))
        let round = QuorumRound.of(factor: 3)
        round.succeeded([0])
        for name in ["C", "B"] {
            let peer = PeerEndpoint(address: Self.nodes[name, default: ""])
            let desc =
                "connection error: desc = \"transport: Error while dialing: "
                + "dial tcp \(peer.address): connect: connection refused\""
            round.failed(
                [0],
                ReplicaError(
                    calling: peer, ForwardFailure(code: "Unavailable", message: desc)))
        }
        let failure = try #require(await round.outcomeNow().failure)
        #expect(failure.status == recorded.status)
        #expect(failure.message + "\n" == recorded.body)
    }

    @Test("gives the same distinct reasons as a real receiver when all nodes see a conflict")
    func conflict() async throws {
        let recorded = try #require(try Self.response("rf3-conflict"))
        let round = QuorumRound.of(factor: 3)
        let clause = "add 1 samples: out of order sample"
        round.failed([0], ReplicaError(causes: .conflict, reasons: [clause]))
        for name in ["B", "C"] {
            let peer = PeerEndpoint(address: Self.nodes[name, default: ""])
            round.failed(
                [0],
                ReplicaError(
                    calling: peer, ForwardFailure(code: "AlreadyExists", message: clause)))
        }
        let failure = try #require(await round.outcomeNow().failure)
        #expect(failure.status == recorded.status)
        #expect(Self.reasons(failure.message) == Self.reasons(recorded.body))
    }

    /// The last answer of a scenario, its nodes at our addresses.
    private static func response(_ id: String) throws -> (status: Int, body: String)? {
        let scenario = try ConformanceScenario.recorded().first { $0.id == id }
        guard let response = scenario?.steps.last?.response else { return nil }
        let body = nodes.reduce(response.body) { $0.replacing("{\($1.key)}", with: $1.value) }
        return (response.status, body)
    }

    /// The distinct reasons without the addresses of the peers.
    private static func reasons(_ body: String) -> Set<String> {
        let masked = nodes.values.reduce(body) { $0.replacing($1, with: "PEER") }
        let list = masked.replacing("\n", with: "").split(separator: " errors: ").last ?? ""
        return Set(list.split(separator: "; ").map(String.init))
    }
}

extension QuorumRound.Outcome {
    var failure: QuorumFailure? {
        if case .failed(let failure) = self { failure } else { nil }
    }
}
