import Testing

@testable import LogSignatures

/// The laws of the signatures.
@Suite("Log signatures")
struct SignatureTests {
    /// What a scan makes of one text.
    static func tally(_ text: String, piece: Int = 4096) -> LogTally {
        var scanner = LogScanner()
        scanner.begin("log")
        let bytes = Array(text.utf8)
        for start in stride(from: 0, to: bytes.count, by: piece) {
            scanner.append(Array(bytes[start..<min(start + piece, bytes.count)]))
        }
        scanner.finish()
        return scanner.tally
    }

    private static let examples = LogSignature.all.enumerated().flatMap { index, signature in
        signature.traces.enumerated().map { (index, $0.offset, $0.element.example) }
    }

    @Test("each is written down rightly, with an example, under an id of its own")
    func form() {
        let tables = [
            LogSignature.expectedTable, LogSignature.receiverTable, LogSignature.bucketTable,
            LogSignature.agentTable, LogSignature.clusterTable,
        ]
        #expect(tables.flatMap { SignatureTable($0).rejected } == [])
        #expect(Set(LogSignature.all.map(\.id)).count == LogSignature.all.count)
        #expect(LogSignature.all.allSatisfy { !$0.traces.isEmpty && !$0.meaning.isEmpty })
        #expect(Set(LogSignature.all.map(\.component)).count == 6)
    }

    @Test("a table line that is not understood is told")
    func rejected() {
        #expect(SignatureTable("@ a | nobody | certain | b\n? cccc\n= cccc").rejected.count == 1)
        #expect(SignatureTable("@ a | agent | certain | b\n= cccc").rejected == ["= cccc"])
        #expect(SignatureTable("@ a | agent | certain | b\nwhat").rejected == ["what"])
    }

    @Test("each explains the test line of every trace, and nothing else does", arguments: examples)
    func example(_ index: Int, _ trace: Int, _ line: String) {
        let tally = Self.tally(line + "\n")
        #expect(tally.sightings.mapValues(\.traces) == [index: [trace]], "\(line)")
        #expect(tally.explained == 1 && tally.unexplained == 0 && tally.total == 1)
    }

    @Test("versions are a range of releases of one program, or said to be none")
    func versions() {
        let ranges = Set(LogSignature.all.flatMap(\.traces).compactMap(\.versions))
        let release = /(Thanos|Prometheus) (up to \d+\.\d+|\d+\.\d+ and later|\d+\.\d+ to \d+\.\d+)/
        for range in ranges where (try? release.wholeMatch(in: range)) == nil {
            #expect(range.hasPrefix("no release; "), "\(range)")
        }
        #expect(ranges.count > 4)
    }

    @Test(
        "what changed between releases is told by its text",
        arguments: [
            ("mkdir /var/thanos/receive/default-tenant: permission denied", "Thanos up to 0.41"),
            ("mkdirat default-tenant: permission denied", "Thanos 0.42 and later"),
            ("Tenant name not valid", "Thanos up to 0.41"),
            ("tenant name not valid", "Thanos 0.42 and later"),
            ("periodic upload failed", "Thanos 0.42 and later"),
        ])
    func release(_ text: String, _ versions: String) throws {
        let sighting = try #require(Self.tally("level=error err=\"\(text)\"").sightings.first)
        let traces = LogSignature.all[sighting.key].traces
        #expect(sighting.value.traces.map { traces[$0].versions } == [versions])
    }

    /// Lines in which a text of another program's signature stands, and their cause.
    private static let confusable: [(String, String)] = [
        (#"msg="opening storage failed" err="mkdir /agent/wal: permission denied""#, ""),
        (
            #"remote_name=c msg="Failed to send batch, retrying" err="server returned HTTP status 500 Internal Server Error: context deadline exceeded""#,
            "forward-timeout"
        ),
        (
            #"remote_name=c msg="Failed to send batch, retrying" err="server returned HTTP status 503 Service Unavailable: forwarding request to endpoint {a:1 b:2 }: rpc error: code = Unavailable desc = connection refused""#,
            "replication-quorum-lost"
        ),
        (
            #"component=query msg="update of endpoint failed" err="transport: authentication handshake failed""#,
            "query-endpoint-missing"
        ),
        (
            #"remote_name=c msg="non-recoverable error" err="server returned HTTP status 403 Forbidden: Access Denied""#,
            "rw-nonrecoverable-drop"
        ),
    ]

    @Test("the same words from another program have another cause", arguments: confusable)
    func another(_ line: String, _ cause: String) {
        let tally = Self.tally("level=error " + line)
        let causes = tally.sightings.keys.compactMap { LogSignature.all[$0].cause }
        #expect(causes == (cause.isEmpty ? [] : [cause]))
        #expect(tally.explained + tally.unexplained == 1)
    }

    @Test("every text is long enough to be searched for, and all fit into a set")
    func texts() {
        let traces = LogSignature.all.flatMap(\.traces)
        let texts = Set(traces.flatMap { $0.texts + $0.absent })
        #expect(texts.allSatisfy { $0.utf8.count >= 4 })
        #expect(texts.count < 240)
        #expect(LogScanner.literals.allSatisfy { $0.utf8.count >= 10 })
    }
}
