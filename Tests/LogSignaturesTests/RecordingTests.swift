import FoundationEssentials
import Testing

@testable import LogSignatures

/// Logs of real programs, and input that no program would write.
@Suite("Scanning logs")
struct RecordingTests {
    private static let fixtures: String = {
        let parts = #filePath.split(separator: "/")
        return parts.dropLast(3).map { "/\($0)" }.joined() + "/fixtures"
    }()

    private static let folder = fixtures + "/logs"

    /// The recording and the incidents that it shows.
    static let recordings: [(String, Set<String>)] = [
        ("agent-connection-refused", ["vip-connection-refused", "agent-restart-drops-queue"]),
        ("agent-http-400-snappy", ["rw-nonrecoverable-drop"]),
        ("agent-http-401", ["rw-nonrecoverable-drop"]),
        ("agent-http-404-wrong-path", ["rw-url-wrong"]),
        ("agent-http-409-out-of-order", ["ingest-out-of-order"]),
        ("agent-http-413", ["rw-nonrecoverable-drop"]),
        ("agent-http-429", ["rw-429-dropped"]),
        ("agent-http-500-no-hashring", ["hashring-no-matching-tenant"]),
        ("agent-http-503-quorum", ["replication-quorum-lost"]),
        ("agent-no-such-host", ["vip-unreachable-timeout", "agent-restart-drops-queue"]),
        ("agent-tls-on-plain-port", ["rw-tls-mismatch", "agent-restart-drops-queue"]),
        ("receive-bucket-type-unknown", ["objstore-config-invalid"]),
        ("receive-bucket-unreachable-at-start", []),
        ("receive-duplicate-sample", ["ingest-out-of-order"]),
        ("receive-empty-label", ["rw-nonrecoverable-drop"]),
        ("receive-external-labels-missing", ["receive-external-labels"]),
        ("receive-final-upload-no-such-bucket", ["s3-no-such-bucket"]),
        ("receive-final-upload-ok", []),
        ("receive-flag-unknown", ["receive-flag-rejected"]),
        ("receive-hashring-file-missing", ["hashring-file-not-mounted"]),
        ("receive-hashring-file-unparsable", ["hashring-json-invalid"]),
        ("receive-insufficient-nodes", ["replication-factor-exceeds-endpoints"]),
        ("receive-ketama-too-few-endpoints", ["replication-factor-exceeds-endpoints"]),
        ("receive-limits-invalid", []),
        ("receive-no-matching-hashring", ["hashring-no-matching-tenant"]),
        ("receive-out-of-bounds", ["ingest-out-of-bounds"]),
        ("receive-out-of-order", ["ingest-out-of-order"]),
        ("receive-snappy-decode-error", ["rw-probe-400-expected"]),
        ("receive-tenant-directory-name-too-long", []),
        ("receive-tenant-invalid", ["tenant-header-mismatch"]),
        ("receive-tsdb-permission-denied", ["tsdb-permission-denied"]),
        ("receive-unsorted-labels", ["rw-nonrecoverable-drop"]),
    ]

    /// Bad lines whose cause the catalogue does not know.
    private static let unexplained: Set = [
        "receive-limits-invalid", "receive-tenant-directory-name-too-long",
    ]

    /// Of all pods in all namespaces.
    private static func logs(in folder: String) throws -> [String] {
        func children(_ folder: String) throws -> [String] {
            try FileManager.default.contentsOfDirectory(atPath: folder).map { "\(folder)/\($0)" }
        }
        return try children(folder).flatMap(children).flatMap(children)
    }

    private static func text(_ name: String) throws -> String {
        try String(contentsOfFile: "\(folder)/\(name).log", encoding: .utf8)
    }

    private static func causes(_ tally: LogTally) -> Set<String> {
        Set(tally.sightings.keys.compactMap { LogSignature.all[$0].cause })
    }

    @Test(
        "a recording shows its incident; only where that is not known a bad line stays unexplained",
        arguments: recordings)
    func recording(_ name: String, _ causes: Set<String>) throws {
        let text = try Self.text(name)
        let tally = SignatureTests.tally(text)
        #expect(Self.causes(tally) == causes)
        #expect(
            (tally.unexplained > 0) == Self.unexplained.contains(name),
            "\(tally.unexplainedPlaces.first?.text.prefix(300) ?? "")")
        #expect(tally.total == text.split(separator: "\n").count)
    }

    @Test("every recording is judged")
    func complete() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder)
            .filter { $0.hasSuffix(".log") }
        #expect(Set(files) == Set(Self.recordings.map { "\($0.0).log" }))
    }

    @Test("the size of the pieces does not matter", arguments: [1, 7, 64, 1000])
    func pieces(_ size: Int) throws {
        let text = try Self.text("agent-connection-refused")
        let whole = SignatureTests.tally(text)
        let cut = SignatureTests.tally(text, piece: size)
        #expect(cut.total == whole.total && cut.explained == whole.explained)
        #expect(cut.sightings.mapValues(\.places) == whole.sightings.mapValues(\.places))
        #expect(cut.sightings.mapValues(\.last) == whole.sightings.mapValues(\.last))
    }

    /// Logs of the lab's incidents; of healthy clusters where no cause is given.
    @Test(
        "the logs of a cluster show its incident, and those of a healthy one show nothing",
        arguments: [
            ("healthy", []), ("l2-policy-missing", []), ("lb-pool-exhausted", []),
            ("tsdb-permission-denied", ["tsdb-permission-denied"]),
            ("hashring-no-matching-tenant", ["hashring-no-matching-tenant"]),
            ("hashring-file-not-mounted", ["hashring-file-not-mounted"]),
            ("rw-probe-400-expected", ["rw-probe-400-expected"]),
            ("tsdb-permission-denied/repaired", []), ("hashring-no-matching-tenant/repaired", []),
            ("hashring-file-not-mounted/repaired", []), ("rw-probe-400-expected/repaired", []),
        ] as [(String, Set<String>)])
    func incident(_ name: String, _ causes: Set<String>) throws {
        let folder = "\(Self.fixtures)/incidents/\(name)/logs"
        let files = try Self.logs(in: folder)
        #expect(!files.isEmpty)
        var scanner = LogScanner()
        for file in files {
            scanner.begin(file)
            scanner.append(
                Array(try String(contentsOfFile: file, encoding: .utf8).utf8))
        }
        scanner.finish()
        #expect(Self.causes(scanner.tally).isSuperset(of: causes))
        if causes.isEmpty {
            #expect(Self.causes(scanner.tally) == [])
            #expect(scanner.tally.unexplained == 0)
        }
    }

    @Test("lines of a megabyte, binary garbage, CRLF and a missing end are survived")
    func hostile() {
        let long = String(repeating: "x", count: 1 << 20)
        let bad = "level=error err=\"no matching hashring to handle tenant\""
        let text = "\(bad) \(long)\n\(long) \(bad)\n\0\u{1}\u{FFFD}\r\n\(bad)\r\n\(bad)"
        let tally = SignatureTests.tally(text, piece: 100_000)
        #expect(tally.total == 5)
        #expect(tally.explained == 4)
        let places = tally.sightings.values.first?.places ?? []
        #expect(places.map(\.line) == [1, 2, 4, 5])
        #expect(places.suffix(2).map(\.text) == [bad, bad])
        #expect(places.allSatisfy { $0.text.utf8.count <= 2048 })
    }

    @Test("a line without end is judged by its beginning, and what follows is a line of its own")
    func endless() {
        let bad = Array("level=error err=\"no matching hashring to handle tenant\"".utf8)
        let filling = [UInt8](repeating: 0x78, count: 1 << 20)
        var scanner = LogScanner()
        scanner.begin("log")
        scanner.append(bad)
        for _ in 0..<6 { scanner.append(filling) }
        scanner.append(bad + [0x0A] + bad)
        scanner.finish()
        #expect(scanner.tally.total == 2)
        #expect(scanner.tally.sightings.values.first?.places.map(\.line) == [1, 2])
    }

    @Test("zeros and what is no UTF-8 do not hide a cause")
    func invalid() {
        let bad = Array("err=\"no matching hashring to handle tenant\"".utf8)
        var scanner = LogScanner()
        scanner.begin("log")
        scanner.append([0, 0, 0xFF, 0xC0] + bad + [0xFE, 0x0A, 0])
        scanner.finish()
        #expect(scanner.tally.total == 2 && scanner.tally.explained == 1)
        let text = scanner.tally.sightings.values.first?.places.first?.text
        #expect(text?.hasSuffix("to handle tenant\"\u{FFFD}") == true)
    }

    @Test(
        "bad lines that nothing matches are counted in every format",
        arguments: [
            "level=warn msg=odd", #"{"level":"error","msg":"odd"}"#, "time=x level=ERROR msg=odd",
            #"{"time":"x","level":"WARN","msg":"odd"}"#,
            "W1122 07:42:15.781000       1 reflector.go:539] odd",
            "E1122 07:42:15.781000       1 leaderelection.go:332] odd\r",
        ])
    func unexplained(_ line: String) {
        let tally = SignatureTests.tally("level=info msg=fine\n\(line)\n")
        #expect(tally.total == 2 && tally.unexplained == 1 && tally.explained == 0)
        #expect(tally.unexplainedPlaces.map(\.line) == [2])
    }

    @Test("a ring that changes all the time is what a healthy start says too")
    func healthyStarts() {
        let start = """
            level=warn msg="changing probe status" status=not-ready reason="hashring has changed; \
            server is not ready to receive requests"

            """
        let tally = SignatureTests.tally(String(repeating: start, count: 50))
        #expect(Self.causes(tally) == [])
        #expect(tally.unexplained == 0 && tally.explained == 50)
    }

    @Test(
        "what only looks like klog is not judged",
        arguments: [
            "I1122 07:42:15.781000 1 a.go:1] fine", "E11", "W1122", "Words 07:4", "E1122x07",
        ])
    func notKlog(_ line: String) {
        #expect(SignatureTests.tally("\(line)\n\(line)").unexplained == 0)
    }

    @Test("bad klog lines are found among others, each once", arguments: [1, 9, 4096])
    func klog(_ piece: Int) {
        let bad = "W1122 07:42:15.781000       1 reflector.go:539] odd"
        let known = "E1122 07:42:15.781000       1 a.go:1] no matches for kind \"Pod\""
        let text = [bad, "level=info a", known, bad, "level=warn b", "", bad]
        let tally = SignatureTests.tally(text.joined(separator: "\n"), piece: piece)
        #expect(tally.total == 7 && tally.explained == 1 && tally.unexplained == 4)
        #expect(tally.unexplainedPlaces.map(\.line) == [1, 4, 5, 7])
        #expect(tally.unexplainedPlaces.last?.text == bad)
    }

    @Test(
        "times are read in every zone",
        arguments: [
            ("ts=1970-01-02T00:00:00Z a", 86400.0), (#"{"ts":"1970-01-01T02:00:01.5+02:00"}"#, 1.5),
            ("1970-01-01T00:00:00-01:30 log", 5400), ("ts=1972-03-01T00:00:00Z .", 68_256_000),
        ])
    func times(_ line: String, _ seconds: Double) {
        #expect(Array(line.utf8).withUnsafeBytes { LineTime.seconds(in: $0) } == seconds)
    }

    @Test("every cut of a time is survived")
    func cutTimes() {
        let bytes = Array("ts=2026-11-22T07:42:15.781+02:00".utf8)
        for count in 0..<bytes.count {
            let time = bytes[..<count].withUnsafeBytes { LineTime.seconds(in: $0) }
            #expect(time == nil)
        }
    }
}
