import IncidentLab
import LoopbackServer
import TestSupport
import Testing
import TimeSeries

/// Two hundred connections, a third of which mean no good.
@Suite("A receiver under load", .timeLimit(.minutes(3)))
struct LoadTests {
    private static let good = 140
    private static let requests = 20
    private static let stalled = 8
    private static let liars = 20
    private static let garbled = 12
    /// MiB.
    private static let memory = 512

    @Test("serves the good clients without an error, and its memory stays within bounds")
    func heldAgainstHostileClients() async throws {
        let network = try LabNetwork()
        let data = try TemporaryFolder()
        let node = ReceiverNode(address: network.address(11), folder: "\(data.path)/tsdb")
        try await node.running {
            let hostile = try await Self.hostileClients(of: node)
            let answers = try await withThrowingTaskGroup(of: [RawConnection.Answer].self) {
                group in
                for client in 0..<Self.good {
                    group.addTask { try await onOwnThread { try Self.write(to: node, client) } }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(answers.count == Self.good * Self.requests)
            #expect(answers.filter { $0.status != 200 } == [])
            let peak = try node.peakMemory()
            #expect(peak < Self.memory, "\(peak) MiB")
            withExtendedLifetime(hostile) {}
        }
        withExtendedLifetime(network) {}
    }

    /// Opens them all; those that say nothing more stay open for as long as they are held.
    private static func hostileClients(of node: ReceiverNode) async throws -> [RawConnection] {
        try await onOwnThread {
            let half = body(client: 0, request: 0).request().dropLast(100)
            let kilobyte = WriteBody(block: [UInt8](repeating: 0x20, count: 1 << 10))
            var open = try (0..<stalled).map { _ in try send(half, to: node) }
            open += try (0..<liars).map { _ in
                try send(kilobyte.request(declaring: 64 << 20), to: node)
            }
            open += try (0..<liars).map { _ in
                let connection = try send(bomb.request(), to: node)
                #expect(try connection.answer().status == 400)
                return connection
            }
            open += try (0..<garbled).map { seed in
                let connection = try RawConnection(node.address, port: node.writePort)
                // It may well be cut before it has said everything.
                try? connection.send(garbage(seed: seed))
                return connection
            }
            return open
        }
    }

    private static func send(
        _ bytes: some Sequence<UInt8>, to node: ReceiverNode
    ) throws -> RawConnection {
        let connection = try RawConnection(node.address, port: node.writePort)
        try connection.send(Array(bytes))
        return connection
    }

    /// A block whose preamble declares 1 GiB, and no more than ten bytes behind it.
    private static let bomb = WriteBody(
        block: [0x80, 0x80, 0x80, 0x80, 0x04] + [UInt8](repeating: 0xFE, count: 10))

    /// Well-formed heads between bytes that are none, one after the other in one piece.
    private static func garbage(seed: Int) -> [UInt8] {
        var chance = SeededNumbers(seed: UInt64(seed))
        return (0..<50).flatMap { _ in
            let noise = (0..<Int.random(in: 1...64, using: &chance)).map { _ in
                UInt8.random(in: .min ... .max, using: &chance)
            }
            return WriteBody(block: noise).request() + noise
        }
    }

    private static func write(to node: ReceiverNode, _ client: Int) throws -> [RawConnection.Answer]
    {
        let connection = try RawConnection(node.address, port: node.writePort)
        return try (0..<requests).map { request in
            try connection.send(body(client: client, request: request).request())
            return try connection.answer()
        }
    }

    private static func body(client: Int, request: Int) -> WriteBody {
        let sample = Sample(timestamp: 1_790_000_000_000 + Int64(request) * 1000, value: 1)
        return WriteBody(
            (0..<50).map { index in
                SeriesSamples(
                    labels: [
                        SeriesLabel("__name__", "load_samples_total"),
                        SeriesLabel("client", "\(client)"), SeriesLabel("index", "\(index)"),
                    ], samples: [sample])
            })
    }
}
