import Diagnosis
import Reports
import TestSupport
import Testing

/// A report as it must look, to the byte.
struct ReportRow: Sendable, CustomTestStringConvertible {
    let golden: String
    let format: ReportFormat
    let conclusion: Conclusion
    let run: RunDescription

    init(
        _ golden: String, _ format: ReportFormat, _ conclusion: Conclusion, _ run: RunDescription
    ) {
        self.golden = golden
        self.format = format
        self.conclusion = conclusion
        self.run = run
    }

    var testDescription: String { golden }

    static let all = doctor + lint + short + json

    private static let doctor = [
        ReportRow(
            "doctor-root-with-symptoms.txt", .text, Stories.rootWithThreeSymptoms,
            Stories.run(exitCode: 1)),
        ReportRow(
            "doctor-wide.txt", .text, Stories.rootWithThreeSymptoms,
            Stories.run(exitCode: 1, display: DisplayOptions(width: 120))),
        ReportRow(
            "doctor-color.txt", .text, Stories.rootWithThreeSymptoms,
            Stories.run(exitCode: 1, display: DisplayOptions(usesColor: true))),
        ReportRow(
            "doctor-ascii.txt", .text, Stories.rootWithThreeSymptoms,
            Stories.run(exitCode: 1, display: DisplayOptions(usesASCII: true))),
        ReportRow(
            "doctor-verbose.txt", .text, Stories.rootWithThreeSymptoms,
            Stories.run(exitCode: 1, display: DisplayOptions(verbosity: 1))),
        ReportRow("doctor-two-roots.txt", .text, Stories.twoRoots, Stories.run(exitCode: 1)),
        ReportRow("doctor-info-only.txt", .text, Stories.infoOnly, Stories.run(exitCode: 0)),
        ReportRow("doctor-all-passed.txt", .text, Stories.allPassed, Stories.run(exitCode: 0)),
        ReportRow(
            "doctor-unknown-forbidden.txt", .text, Stories.unknownForbidden,
            Stories.run(exitCode: 3, complete: false)),
        ReportRow(
            "doctor-usage-error.txt", .text, Stories.nothing,
            Stories.run(
                exitCode: 2, complete: false,
                error: "no thanos receive in any namespace of cluster-01-central")),
    ]

    private static let lint = [
        ReportRow("lint-two-files.txt", .text, Stories.twoRoots, Stories.run("lint", exitCode: 1)),
        ReportRow(
            "lint-patch-and-symptoms.txt", .text, Stories.rootWithThreeSymptoms,
            Stories.run("lint", exitCode: 1)),
        ReportRow(
            "lint-color.txt", .text, Stories.twoRoots,
            Stories.run("lint", exitCode: 1, display: DisplayOptions(usesColor: true))),
        ReportRow(
            "lint-unreadable-file.txt", .text, Stories.unreadableFile,
            Stories.run("lint", exitCode: 3, complete: false)),
        ReportRow(
            "lint-all-passed.txt", .text, Stories.allPassed, Stories.run("lint", exitCode: 0)),
    ]

    private static let short = [
        ReportRow(
            "short-live-and-files.txt", .short, Stories.rootWithThreeSymptoms,
            Stories.run(exitCode: 1)),
        ReportRow(
            "short-gaps.txt", .short, Stories.unknownForbidden,
            Stories.run(exitCode: 3, complete: false)),
        ReportRow(
            "short-unreadable-file.txt", .short, Stories.unreadableFile,
            Stories.run("lint", exitCode: 3, complete: false)),
    ]

    static let json = [
        ReportRow(
            "root-with-symptoms.json", .json, Stories.rootWithThreeSymptoms,
            Stories.run(exitCode: 1)),
        ReportRow("two-roots.json", .json, Stories.twoRoots, Stories.run("lint", exitCode: 1)),
        ReportRow("all-passed.json", .json, Stories.allPassed, Stories.run(exitCode: 0)),
        ReportRow(
            "unknown-forbidden.json", .json, Stories.unknownForbidden,
            Stories.run(exitCode: 3, complete: false)),
        ReportRow(
            "unreadable-file.json", .json, Stories.unreadableFile,
            Stories.run("lint", exitCode: 3, complete: false)),
        ReportRow(
            "usage-error.json", .json, Stories.nothing,
            Stories.run(exitCode: 2, complete: false, error: "unknown option --wat")),
    ]
}

@Suite("Reports are as their goldens show them")
struct ReportGoldenTests {
    @Test("A report equals its golden", arguments: ReportRow.all)
    func equalsGolden(_ row: ReportRow) throws {
        try expectGolden(row.format.render(row.conclusion, run: row.run), named: row.golden)
    }

    @Test("Every golden is compared by a test")
    func leavesNoOrphans() throws {
        let names = try GoldenFolder(beside: #filePath).names
        #expect(names == ReportRow.all.map(\.golden).sorted())
    }

    @Test("No line ends in a blank, and the last one ends", arguments: ReportRow.all)
    func endsItsLines(_ row: ReportRow) {
        let report = row.format.render(row.conclusion, run: row.run)
        #expect(report.hasSuffix("\n"))
        #expect(!report.contains(" \n"))
    }

    @Test("Equal input gives equal output", arguments: ReportRow.all)
    func isStable(_ row: ReportRow) {
        let first = row.format.render(row.conclusion, run: row.run)
        #expect(first == row.format.render(row.conclusion, run: row.run))
    }
}
