import FoundationEssentials
import LoopbackServer
import MarkedYAML
import Testing

/// `lint` on some hundred files of every kind, which have nothing to do with the pipeline.
@Suite("Lint on ordinary manifests", .timeLimit(.minutes(2)))
struct OrdinaryManifestsTests {
    /// How a file is written; the objects in it are the same.
    private enum Style: CaseIterable {
        case plain, json, helm, windows

        func text(of object: String) -> String {
            switch self {
            case .plain: object
            case .json: Self.json(object)
            case .helm: "---\n# Source: shop/templates/object.yaml\n\(object)\n---\n"
            case .windows: object.replacing("\n", with: "\r\n") + "\r\n"
            }
        }

        private static func json(_ text: String) -> String {
            let stream = YAMLReader.stream(SourceText(name: "object", text: text))
            return stream.documents.first?.plainValue.compact ?? ""
        }

        var fileEnding: String { self == .json ? "json" : "yaml" }
    }

    private static let teams = ["shop", "billing"]

    @Test("they are not spoken of, and none of them fails")
    func alone() async throws {
        let folder = try TemporaryFolder()
        #expect(try Self.write(to: folder) > 300)
        let run = try await ThanosctlProcess("lint", folder.path, "-o", "json")
        let report = try Report(run)
        #expect(report.findings == [])
        #expect(report.gaps == [])
        #expect(run.exitCode == 0)
        #expect(run.errors == "")
    }

    @Test("beside a pipeline they change nothing of what is said about it")
    func besideThePipeline() async throws {
        let folder = try TemporaryFolder()
        try Self.write(to: folder)
        let pipeline = Project.fixture("manifests/report")
        let before = try Report(await ThanosctlProcess("lint", pipeline, "-o", "json"))
        let after = try Report(
            await ThanosctlProcess("lint", pipeline, folder.path, "-o", "json"))
        #expect(before.findings.count > 3)
        #expect(after.findings == before.findings)
        #expect(after.gaps == [])
    }

    /// One file an object, a team and a style; how many there are.
    @discardableResult
    private static func write(to folder: TemporaryFolder) throws -> Int {
        let path = Project.fixture("manifests/ordinary/objects.yaml")
        let objects = try String(contentsOfFile: path, encoding: .utf8).split(separator: "---\n")
        var count = 0
        for (number, object) in objects.enumerated() {
            for team in teams {
                for style in Style.allCases {
                    let named = String(object).replacing("@team", with: team)
                        .replacing("@app", with: "app-\(count)")
                    let name = "\(team)/\(number)-\(style).\(style.fileEnding)"
                    try folder.write(name, style.text(of: named))
                    count += 1
                }
            }
        }
        return count
    }
}
