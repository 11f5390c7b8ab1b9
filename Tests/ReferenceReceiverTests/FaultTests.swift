import Foundation
import ReferenceReceiver
import RemoteWrite
import SnappyCodec
import Testing
import TimeSeries

@Suite("A receiver that misbehaves on purpose", .timeLimit(.minutes(1)))
struct FaultTests {
    private static let hour: Int64 = 3_600_000
    private static var now: Int64 { Int64(Date().timeIntervalSince1970 * 1000) }

    private func write(
        to receiver: RunningReceiver, at time: Int64 = now, replica: Int? = nil
    ) async throws -> RawHTTP.Answer {
        let series = SeriesSamples(
            labels: [SeriesLabel("__name__", "up")],
            samples: [Sample(timestamp: time, value: 1)])
        return try await RawHTTP.exchange(
            port: receiver.port(.remoteWrite), method: "POST", path: "/api/v1/receive",
            headers: replica.map { ["THANOS-REPLICA": "\($0)"] } ?? [:],
            body: SnappyBlock.encode(WriteRequest.encode([series])))
    }

    private func get(_ path: String, _ port: Int) async throws -> RawHTTP.Answer {
        try await RawHTTP.exchange(port: port, method: "GET", path: path)
    }

    private func holdsSeries(_ receiver: RunningReceiver) async throws -> Bool {
        let path = "/api/v1/status/tsdb?all_tenants=true"
        return try await get(path, receiver.port(.remoteWrite)).body.contains(#""numSeries":1"#)
    }

    @Test("says so in its log, fault by fault")
    func warnings() async throws {
        try await runReceiver(["--fault=disk-full", "--fault", "drop-replica=3"]) { receiver in
            let warnings = receiver.log.lines.map { Logfmt($0) }
                .filter { $0["msg"] == "misbehaving on purpose" }
            #expect(warnings.map { $0["fault"] } == ["disk-full", "drop-replica=3"])
            #expect(warnings.allSatisfy { $0["level"] == "warn" })
        }
    }

    @Test("is ready and refuses remote writes")
    func refuse() async throws {
        let host = "127.\(Int.random(in: 1...254)).\(Int.random(in: 0...255)).1"
        try await runReceiver(["--fault=refuse", "--remote-write.address=\(host):19291"]) {
            receiver in
            #expect(receiver.ports[.remoteWrite] == nil)
            let readiness = try await get("/-/ready", receiver.port(.admin))
            #expect(readiness.status == 200)
            let failure = await #expect(throws: RawHTTP.Failure.self) {
                try await RawHTTP.exchange(host: host, port: 19291, method: "GET", path: "/")
            }
            #expect(failure?.step == "connect")
        }
    }

    @Test("resets connections before it answers")
    func reset() async throws {
        try await runReceiver(["--fault=reset"]) { receiver in
            let failure = await #expect(throws: RawHTTP.Failure.self) {
                try await write(to: receiver)
            }
            // The reset may overtake any step.
            #expect(["connect", "send", "receive"].contains(failure?.step))
            let readiness = try await get("/-/ready", receiver.port(.admin))
            #expect(readiness.status == 200)
        }
    }

    @Test("answers late, whatever is asked of the port")
    func delay() async throws {
        try await runReceiver(["--fault=delay=80ms", "--fault=delay=0.02s"]) { receiver in
            let start = ContinuousClock.now
            let written = try await write(to: receiver)
            #expect(written.status == 200)
            #expect(ContinuousClock.now - start >= .milliseconds(100))
            let missed = try await get("/", receiver.port(.remoteWrite))
            #expect(missed.status == 404)
            #expect(ContinuousClock.now - start >= .milliseconds(200))
        }
    }

    @Test(
        "answers its share of the writes with an error, in turns",
        arguments: [
            (["503:0.25"], [200, 200, 200, 503, 200, 200, 200, 503]),
            (["503:0.6"], [200, 503, 200, 503, 503, 200, 503, 200]),
            (["500:1"], [500, 500, 500]),
            (["503:0.5", "429:0.25"], [200, 503, 200, 503, 429, 503, 200, 503]),
        ])
    func status(faults: [String], statuses: [Int]) async throws {
        try await runReceiver(faults.map { "--fault=status=\($0)" }) { receiver in
            for status in statuses {
                let answer = try await write(to: receiver)
                #expect(answer.status == status)
                if status == 503 {
                    #expect(answer.body == "Service Unavailable\n")
                    #expect(answer.headers["X-Content-Type-Options"] == "nosniff")
                }
            }
        }
    }

    @Test(
        "acknowledges writes of a replica and does not store them",
        arguments: [
            ("1", nil, false), ("1", 1, false), ("2", nil, true), ("2", 2, false), ("2", 1, true),
        ] as [(String, Int?, Bool)],
        [
            [],
            [
                #"--receive.hashrings=[{"endpoints":["127.0.0.1:10901"]}]"#,
                "--receive.local-endpoint=127.0.0.1:10901", "--receive.replication-factor=1",
            ],
        ])
    func dropReplica(
        row: (dropped: String, replica: Int?, isStored: Bool), ring: [String]
    ) async throws {
        // A ring of one node knows one replica only.
        guard ring.isEmpty || row.replica != 2 else { return }
        try await runReceiver(["--fault=drop-replica=\(row.dropped)"] + ring) { receiver in
            let answer = try await write(to: receiver, replica: row.replica)
            #expect(answer.status == 200, "\(answer.body)")
            let isStored = try await holdsSeries(receiver)
            #expect(isStored == row.isStored)
        }
    }

    @Test(
        "has a clock of its own",
        arguments: [(2, 1, 200), (-2, 0, 409), (-2, -3, 200)] as [(Int64, Int64, Int)])
    func skew(ahead: Int64, written: Int64, status: Int) async throws {
        let window = "--tsdb.too-far-in-future.time-window=1m"
        try await runReceiver(["--fault=skew=\(ahead)h", window]) { receiver in
            let answer = try await write(to: receiver, at: Self.now + written * Self.hour)
            #expect(answer.status == status, "\(answer.body)")
            let line = try #require(receiver.log.lines.first.map { Logfmt($0) })
            let logged = date(line["ts"]?.prefix(19), form: "yyyy-MM-dd'T'HH:mm:ss")
            let sent = date(answer.headers["Date"]?[...], form: "EEE, dd MMM yyyy HH:mm:ss 'GMT'")
            let moment = Date(timeIntervalSinceNow: Double(ahead) * 3600)
            for shown in [logged, sent] {
                let distance = try #require(shown).timeIntervalSince(moment)
                #expect(abs(distance) < 60)
            }
        }
    }

    private func date(_ text: Substring?, form: String) -> Date? {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = .gmt
        formatter.dateFormat = form
        return text.flatMap { formatter.date(from: String($0)) }
    }

    @Test("finds its disk full")
    func diskFull() async throws {
        try await runReceiver(["--fault=disk-full"]) { receiver in
            let answer = try await write(to: receiver)
            #expect(answer.status == 500)
            #expect(
                answer.body
                    == "commit samples: write to WAL: log samples: write "
                    + "/var/thanos/receive/default-tenant/wal/00000000: no space left on device\n")
            let isStored = try await holdsSeries(receiver)
            #expect(!isStored)
            let metrics = try await get("/metrics", receiver.port(.admin)).body
            let failed = #"prometheus_tsdb_wal_writes_failed_total{tenant="default-tenant"} 1"#
            #expect(metrics.contains(failed))
        }
    }

    @Test("does not start on a folder that it may not write to")
    func readOnlyFolder() async throws {
        let ended = try await failedStart(["--fault=read-only-dir"])
        #expect(ended.exitCode == 1)
        let folder = "/var/thanos/receive/default-tenant"
        #expect(
            ended.log.last.map { Logfmt($0)["err"] }
                == """
                mkdir \(folder): read-only file system
                create default tenant data dir: \(folder)
                create default tenant tsdb in /var/thanos/receive
                preparing receive command failed
                """)
    }

    @Test("never gets ready")
    func notReady() async throws {
        try await runReceiver(["--fault=not-ready"], getsReady: false) { receiver in
            for (path, status) in [("/-/ready", 503), ("/-/healthy", 200)] {
                let answer = try await get(path, receiver.port(.admin))
                #expect(answer.status == status)
            }
            let answer = try await write(to: receiver)
            #expect(answer.status == 503)
        }
    }

    @Test("speaks TLS with a certificate whose authority is in the log")
    func expiredCertificate() async throws {
        try await runReceiver(["--fault=tls-expired"]) { receiver in
            await #expect(throws: RawHTTP.Failure.self) { try await write(to: receiver) }
            let messages = receiver.log.lines.map { Logfmt($0) }
            #expect(messages.contains { $0["msg"] == "Serving HTTPS" })
            let authority = messages.compactMap { $0["authority"] }.first
            #expect(authority?.hasPrefix("-----BEGIN CERTIFICATE-----\n") == true)
        }
    }
}

@Suite("The flags that Thanos does not have")
struct OwnFlagTests {
    @Test("leave the others as they are, in either spelling")
    func extraction() throws {
        var words = [
            "--wal-sync", "off", "--label=a=\"--fault\"", "--fault=delay=1s", "--fault", "reset",
        ]
        let own = try OwnFlags(extractingFrom: &words)
        #expect(words == ["--label=a=\"--fault\""])
        #expect(!own.syncsLog)
    }

    @Test(
        "say what is wrong with them",
        arguments: [
            (["--wal-sync=on"], "enum value must be one of batch,off, got 'on'"),
            (["--fault"], "expected argument for flag '--fault'"),
            (
                ["--fault=fire=1"],
                "unknown fault 'fire'; there is refuse, reset, delay=DURATION, status=CODE:SHARE, "
                    + "drop-replica=N, skew=DURATION, disk-full, read-only-dir, not-ready, tls-expired"
            ),
            (["--fault=reset=1"], "fault 'reset' takes no value"),
            (["--fault=delay"], "fault 'delay' takes delay=DURATION, such as delay=1.5s"),
            (
                ["--fault=status=503:0.6", "--fault=status=500:0.6"],
                "the shares of 'status' faults are more than 1 together"
            ),
        ])
    func refusals(words: [String], message: String) {
        var words = words
        let error = #expect(throws: OwnFlagError.self) { try OwnFlags(extractingFrom: &words) }
        #expect(error?.message == message)
    }

    @Test(
        "refuse values that make no sense",
        arguments: [
            "delay=-1s", "delay=2h", "delay=1", "delay=1e999s", "status=503", "status=200:0.5",
            "status=503:0", "status=503:nan", "status=503:1.1", "status=503:0.1:", "status=:0.1",
            "drop-replica=0", "drop-replica=-1", "drop-replica=18446744073709551616", "skew=",
            "skew=300000000h", "skew=1d",
        ])
    func values(fault: String) throws {
        var words = ["--fault=\(fault)"]
        let error = #expect(throws: OwnFlagError.self) { try OwnFlags(extractingFrom: &words) }
        #expect(error?.message.hasSuffix("not '\(fault.drop { $0 != "=" }.dropFirst())'") == true)
    }
}
