import Testing
import TimeSeries

@testable import ThanosGRPC

@Suite("Values on the wire")
struct ValueTests {
    /// Data and hash of a chunk that a receiver 0.41 sent.
    @Test("a chunk carries the hash that Thanos gives it")
    func chunk() throws {
        let data: [UInt8] = [
            0, 1, 0xDC, 0x84, 0xE7, 0xA2, 0xC0, 0x68, 0x3F, 0xF0, 0, 0, 0, 0, 0, 0,
        ]
        let answer = SeriesAnswer(
            labels: LabelSet([SeriesLabel("a", "b")]),
            chunks: [
                .init(
                    minTime: 1_795_332_825_390, maxTime: 1_795_332_825_390, encoding: .xor,
                    data: data)
            ])
        var expected: [UInt8] = [0x0A, 6, 0x0A, 1, 0x61, 0x12, 1, 0x62]
        expected += [0x12, 45, 0x08, 0xAE, 0xC2, 0xB3, 0x91, 0xA0, 0x34]
        expected += [0x10, 0xAE, 0xC2, 0xB3, 0x91, 0xA0, 0x34, 0x1A, 29, 0x12, 16] + data
        expected += [0x18]
        #expect(answer.series.starts(with: expected))
        let hash = answer.series.dropFirst(expected.count).reversed()
            .reduce(UInt64(0)) { $0 << 7 | UInt64($1 & 0x7F) }
        #expect(hash == 12_616_481_315_595_984_791)
    }

    @Test("a batch is sent before it is full when it is large")
    func largeBatch() {
        var batches = SeriesBatches(size: .max)
        let chunk = SeriesAnswer.Chunk(
            minTime: 0, maxTime: 1, encoding: .xor, data: .init(repeating: 1, count: 1 << 19))
        let series = SeriesAnswer(labels: .empty, chunks: [chunk])
        #expect(batches.add(series) == nil)
        #expect(batches.add(series) != nil)
        #expect(batches.rest() == nil)
    }

    @Test("codes have the names and the text of Go")
    func codes() {
        #expect("\(StatusCode.ok)" == "OK")
        #expect("\(StatusCode.unauthenticated)" == "Unauthenticated")
        #expect(StatusCode.unauthenticated.rawValue == 16)
        #expect(
            "\(CallFailure(.alreadyExists, "conflict"))"
                == "rpc error: code = AlreadyExists desc = conflict")
    }

    @Test(
        "targets name a host and a port",
        arguments: [
            ("receive-0.ns:10901", "receive-0.ns", 10901),
            ("dns:///receive-0.ns:10901", "receive-0.ns", 10901),
            ("passthrough:///127.0.0.1:1", "127.0.0.1", 1),
            ("[::1]:10901", "::1", 10901),
            ("::1", "::1", 443),
            ("receive-0", "receive-0", 443),
            ("receive-0:70000", "receive-0:70000", 443),
            ("receive-0:", "receive-0:", 443),
            ("", "", 443), (":", ":", 443), ("///", "", 443),
        ])
    func targets(text: String, host: String, port: Int) {
        let target = PeerTarget(text)
        #expect(target.host == host)
        #expect(target.port == port)
    }

    @Test(
        "with a table of names nothing but loopback is dialled",
        arguments: [
            ("a:1", "127.0.0.9"), ("b:1", nil), ("c:1", nil), ("10.1.2.3:1", nil),
            ("127.1.2.3:1", "127.1.2.3"), ("[::1]:1", "::1"), ("[2001:db8::1]:1", nil),
        ] as [(String, String?)])
    func loopbackOnly(text: String, address: String?) {
        let names = ["a": "127.0.0.9", "b": "10.1.2.3"]
        #expect(PeerTarget(text).address(in: names) == address)
        #expect(PeerTarget("10.1.2.3:1").address(in: nil) == "10.1.2.3")
    }
}
