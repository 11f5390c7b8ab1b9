import Testing

@testable import LogSignatures

/// The laws of the signatures.
@Suite("Log signatures")
struct SignatureTests {
    /// What a scan makes of one text.
    static func tally(_ text: String, piece: Int = 4096) -> LogTally {
        var scanner = LogScanner()
        scanner.begin("log")
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let next = rest.prefix(piece)
            let taken = scanner.fill { memory in
                let count = min(next.count, memory.count)
                memory.copyBytes(from: next.prefix(count))
                return count
            }
            rest = rest.dropFirst(taken)
        }
        scanner.finish()
        return scanner.tally
    }

    private static let examples = LogSignature.all.enumerated().flatMap { index, signature in
        signature.traces.map { (index, $0.example) }
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
    }

    @Test("each explains its own example, and nothing else does", arguments: examples)
    func example(_ index: Int, _ line: String) {
        let tally = Self.tally(line + "\n")
        #expect(Array(tally.sightings.keys) == [index], "\(line)")
        #expect(tally.explained == 1 && tally.unexplained == 0 && tally.total == 1)
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
