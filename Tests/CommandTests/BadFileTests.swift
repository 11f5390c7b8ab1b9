import FoundationEssentials
import Glibc
import LoopbackServer
import Testing

/// Files that do not parse: a gap with its place, and the neighbours judged all the same.
@Suite("Broken and hostile files", .serialized, .timeLimit(.minutes(2)))
struct BadFileTests {
    /// One file of `fixtures/manifests/broken`.
    struct Row: Sendable, CustomTestStringConvertible {
        let file: String
        /// Nil where there is nothing to complain about.
        let says: String?
        var line = 0

        var testDescription: String { file }
    }

    private static let neighbour = "receiver-beside.yaml"

    static let rows = [
        Row(file: "alias-bomb.yaml", says: "aliases expanded", line: 12),
        Row(file: "deep-nesting-1200.json", says: "nested more than 1000 deep", line: 1),
        Row(file: "deep-nesting-1200.yaml", says: "nested more than 1000 deep", line: 3),
        Row(file: "duplicate-keys.yaml", says: "stands twice", line: 5),
        Row(file: "empty.yaml", says: nil),
        Row(file: "invalid-utf8.yaml", says: "UTF-8", line: 4),
        Row(file: "nul-byte.yaml", says: "NUL", line: 4),
        Row(file: "only-comments.yaml", says: nil),
        Row(file: "recursive-alias.yaml", says: "*m", line: 5),
        Row(file: "tab-indentation.yaml", says: "tab", line: 4),
        Row(file: "truncated.json", says: "not closed", line: 1),
        Row(file: "unclosed-flow.yaml", says: "not closed", line: 4),
        Row(file: "unclosed-quote.yaml", says: "quote", line: 7),
        Row(file: "unknown-alias.yaml", says: "nobody", line: 4),
        Row(file: "wrong-types.yaml", says: nil),
    ]

    @Test("every file of the folder has its row")
    func rowsAreComplete() throws {
        let names = try FileManager.default.contentsOfDirectory(
            atPath: Project.fixture("manifests/broken"))
        let others = Set(names).subtracting(["README.md", Self.neighbour])
        #expect(others == Set(Self.rows.map(\.file)))
    }

    @Test("the place is shown, and the neighbour judged", arguments: rows)
    func broken(_ row: Row) async throws {
        let folder = Project.fixture("manifests/broken")
        let run = try await ThanosctlProcess(
            "lint", row.file, Self.neighbour, "-o", "json", folder: folder)
        let report = try Report(run)
        #expect(run.exitCode == 1)
        #expect(report.foundChecks.contains("missing-fsgroup"))
        #expect(report.findings.allSatisfy { $0.places.first?.hasPrefix(Self.neighbour) == true })
        guard let says = row.says else {
            #expect(report.gaps == [])
            return
        }
        #expect(report.gaps.first?.contains(says) == true, "\(report.gaps)")
        #expect(
            report.gapPlaces.first?.hasPrefix("\(row.file):\(row.line):") == true,
            "\(report.gapPlaces)")
        let alone = try await ThanosctlProcess("lint", row.file, folder: folder)
        #expect(alone.exitCode == 3, "\(alone.output)\(alone.errors)")
        #expect(alone.output.contains("\(row.file):\(row.line):"))
        #expect(alone.output.contains("Exit 3."))
    }

    /// A file that is made for the test.
    struct Made: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let name: String
        let text: @Sendable () -> String
        let says: String
    }

    static let made = [
        Made(
            testDescription: "100,000 sequences in one another", name: "deep.yaml",
            text: { "a: " + nested(100_000) }, says: "nested more than 1000 deep"),
        Made(
            testDescription: "100,000 arrays in one another", name: "deep.json",
            text: { nested(100_000) }, says: "nested more than 1000 deep"),
        Made(
            testDescription: "100,000 sequences that are never closed", name: "open.yaml",
            text: { String(repeating: "[", count: 100_000) }, says: "nested more than 1000 deep"),
        Made(
            testDescription: "nothing but NUL", name: "nul.yaml",
            text: { String(repeating: "\0", count: 4096) }, says: "NUL"),
        Made(
            testDescription: "a key of a megabyte, twice", name: "key.yaml",
            text: {
                let key = String(repeating: "k", count: 1 << 20)
                return "\(key): 1\n\(key): 2\n"
            }, says: ""),
    ]

    private static func nested(_ depth: Int) -> String {
        String(repeating: "[", count: depth) + String(repeating: "]", count: depth) + "\n"
    }

    @Test("hostile sizes end in a gap", arguments: made)
    func hostile(_ made: Made) async throws {
        let folder = try TemporaryFolder()
        try folder.write(made.name, made.text())
        let report = try await Self.judged(beside: made.name, in: folder)
        #expect(report.gaps.count == 1)
        #expect(report.gaps.first?.contains(made.says) == true, "\(report.gaps)")
        #expect(report.gapPlaces.first?.hasPrefix("./\(made.name):") == true)
    }

    @Test("a file of 100 MB is left out before memory is taken for it")
    func sparse() async throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("big.yaml", "")
        #expect(truncate(path, 100 << 20) == 0)
        let report = try await Self.judged(beside: "big.yaml", in: folder)
        #expect(report.gaps.first?.contains("big.yaml") == true)
        #expect(report.gaps.first?.contains("64 MiB") == true, "\(report.gaps)")
    }

    /// Exit 3 where the neighbour's finding does not count, and the finding is there.
    private static func judged(
        beside name: String, in folder: TemporaryFolder
    ) async throws -> Report {
        try FileManager.default.copyItem(
            atPath: Project.fixture("manifests/broken/\(neighbour)"),
            toPath: "\(folder.path)/\(neighbour)")
        let run = try await ThanosctlProcess(
            "lint", ".", "--fail-on", "never", "-o", "json", folder: folder.path)
        let report = try Report(run)
        #expect(run.exitCode == 3, "\(run.errors)")
        #expect(report.foundChecks.contains("missing-fsgroup"))
        return report
    }

    @Test(
        "where there is nothing to judge it says so",
        arguments: [[:], ["a.yaml": "a: 1\n"], ["a.txt": "kind: Pod\n"], ["b.yaml": ""]])
    func nothing(files: [String: String]) async throws {
        let folder = try TemporaryFolder()
        for (name, text) in files { try folder.write(name, text) }
        let run = try await ThanosctlProcess("lint", folder.path)
        #expect(run.exitCode == 2)
        #expect(run.output == "")
        #expect(run.errors.contains("nothing to judge"), "\(run.errors)")
        #expect(run.errors.contains(folder.path), "it does not say where: \(run.errors)")
    }

    @Test("what is no regular file is a gap", arguments: ["/dev/zero", "loop"])
    func irregular(path: String) async throws {
        let folder = try TemporaryFolder()
        symlink("loop", "\(folder.path)/loop")
        let run = try await ThanosctlProcess("lint", path, folder: folder.path)
        #expect([2, 3].contains(run.exitCode))
        #expect((run.output + run.errors).contains(path))
    }
}
