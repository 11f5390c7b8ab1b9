import Foundation
import Testing

/// A bounded run with a fixed seed; `make fuzz` runs for as long as it is told, with a new seed.
@Suite("Broken input")
struct FuzzTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static let rounds = environment["FUZZ_ROUNDS"].flatMap { Int($0) } ?? 2_000
    private static let seed = environment["FUZZ_SEED"].flatMap { UInt64($0) } ?? 20_261_122
    /// Where the input is kept while it is tried, to be found when the process has ended.
    private static let keep = environment["FUZZ_KEEP"]

    @Test("ends in an error or a value, and never in a crash", arguments: FuzzTarget.allCases)
    func survives(target: FuzzTarget) throws {
        let corpus = try target.corpus()
        try #require(!corpus.isEmpty)
        for bytes in corpus { target.run(bytes) }
        var mutator = Mutator(seed: Self.seed)
        for _ in 0..<Self.rounds {
            let input = mutator.input(from: corpus)
            if let keep = Self.keep {
                try Data(input).write(to: URL(filePath: "\(keep)-\(target.rawValue)"))
            }
            target.run(input)
        }
    }

    @Test("that ended a process once is read again", arguments: FuzzTarget.allCases)
    func regressions(target: FuzzTarget) throws {
        let folder = Fixture.url("fuzz/\(target.rawValue)")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path())) ?? []
        for name in names.sorted() {
            target.run(Array(try Data(contentsOf: folder.appending(path: name))))
        }
    }
}
