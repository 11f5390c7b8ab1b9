import FoundationEssentials
import LoopbackServer
import Testing

/// The pages that are made from the checks.
@Suite("checks docs")
struct ChecksDocsTests {
    @Test("every check has a page and a note, and each link between them leads somewhere")
    func links() async throws {
        let folder = try await Self.written()
        let index = try Self.text("README.md", in: folder)
        let pages = try FileManager.default.contentsOfDirectory(
            atPath: "\(folder.path)/docs/checks")
        #expect(pages.count > 90)
        for page in pages where page.hasSuffix(".md") {
            #expect(page == "README.md" || index.contains("](\(page))"), "\(page) is not listed")
            let text = try Self.text(page, in: folder)
            for link in text.matches(of: #/\]\(([a-z0-9-]+\.(?:md|svg))\)/#) {
                #expect(pages.contains(String(link.1)), "\(page) leads to \(link.1)")
            }
        }
    }

    @Test("the picture shows every cause above its effects")
    func picture() async throws {
        let picture = try await Self.text("causes.svg", in: Self.written())
        let boxes = picture.matches(of: #/href="([a-z0-9-]+)\.md".*?y="(\d+)"/#)
        let heights = Dictionary(uniqueKeysWithValues: boxes.map { (String($0.1), Int($0.2)) })
        let arrows = try Self.arrows()
        #expect(picture.matches(of: #/<path /#).count == arrows.count)
        for (cause, effect) in arrows {
            let above = try #require(heights[cause] ?? nil)
            let below = try #require(heights[effect] ?? nil)
            #expect(above < below, "\(cause) -> \(effect)")
        }
    }

    private static func written() async throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        let run = try await ThanosctlProcess("checks", "docs", "--write", folder.path)
        #expect(run.exitCode == 0)
        return folder
    }

    private static func text(_ page: String, in folder: TemporaryFolder) throws -> String {
        String(decoding: try folder.read("docs/checks/\(page)"), as: UTF8.self)
    }

    private static func arrows() throws -> [(String, String)] {
        let text = try String(contentsOfFile: "\(Project.root)/checks/causes.txt", encoding: .utf8)
        return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.flatMap { line in
            let sides = line.split(separator: " -> ").map(String.init)
            return sides[1].split(separator: ", ").map { (sides[0], String($0)) }
        }
    }
}
