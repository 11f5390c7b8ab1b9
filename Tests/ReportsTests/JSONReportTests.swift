import Diagnosis
import Evidence
import FoundationEssentials
import MarkedYAML
import Reports
import TestSupport
import Testing

@Suite("The JSON report keeps its contract")
struct JSONReportTests {
    private static let schema: String = {
        let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
        let path = root.joined(separator: "/") + "/docs/report.schema.json"
        return FileManager.default.contents(atPath: path).map {
            String(decoding: $0, as: UTF8.self)
        }
            ?? ""
    }()

    @Test("Every golden is valid under the committed schema", arguments: ReportRow.json)
    func isValid(_ row: ReportRow) throws {
        let schema = try JSONSchema(text: Self.schema)
        let path = GoldenFolder(beside: #filePath).path(of: row.golden)
        let golden = try #require(FileManager.default.contents(atPath: path))
        #expect(try schema.violations(in: String(decoding: golden, as: UTF8.self)) == [])
    }

    @Test(
        "The schema refuses what the contract excludes",
        arguments: [
            ("\"schemaVersion\": \"1.0\"", "\"schemaVersion\": \"2.0\""),
            ("\"severity\": \"critical\"", "\"severity\": \"fatal\""),
            ("\"confidence\": \"certain\"", "\"confidence\": \"sure\""),
            ("\"status\": \"failed\"", "\"status\": \"error\""),
            ("\"kind\": \"patch\"", "\"kind\": \"diff\""),
            ("\"exitCode\": 1", "\"exitCode\": 64"),
            ("\"exitCode\": 1", "\"exitCode\": 1, \"error\": \"\""),
            ("\"exitCode\": 1", "\"exitCode\": 1, \"error\": null"),
            ("\"startedAt\": \"2025-10-20T11:22:40Z\"", "\"startedAt\": \"yesterday\""),
            ("\"line\": 8", "\"line\": 0"), ("\"line\": 8", "\"line\": 8.5"),
            ("\"passed\": 2", "\"passed\": -1"), ("\"passed\": 2", "\"success\": 2"),
            ("\"gaps\": []", "\"gaps\": {}"), ("\"id\": \"F1\"", "\"id\": \"1\""),
        ])
    func refuses(_ sound: String, _ broken: String) throws {
        let report = ReportFormat.json.render(
            Stories.rootWithThreeSymptoms, run: Stories.run(exitCode: 1))
        let changed = report.replacing(sound, with: broken)
        #expect(changed != report)
        #expect(try JSONSchema(text: Self.schema).violations(in: changed) != [])
    }

    @Test("Members come in the order of the contract")
    func keepsOrder() {
        let report = ReportFormat.json.render(
            Stories.rootWithThreeSymptoms, run: Stories.run(exitCode: 1))
        let top = report.split(separator: "\n").filter { $0.hasPrefix("  \"") }.map {
            String($0.dropFirst(3).prefix { $0 != "\"" })
        }
        #expect(
            top == [
                "schemaVersion", "tool", "run", "targets", "summary", "rootCauses", "checks",
                "gaps", "findings", "probes",
            ])
    }

    @Test(
        "What is absent is left out, and seconds are always numbers",
        arguments: [0, Double.nan, -Double.infinity])
    func leavesOut(_ seconds: Double) throws {
        var run = Stories.run(exitCode: 3, complete: false, error: "")
        run.seconds = seconds
        run.targets = [RunTarget(role: "receive", cluster: "")]
        let conclusion = Conclusion(
            findings: [], rootCauses: [],
            checks: [CheckResult(id: "a", status: .unknown, reason: "", seconds: seconds)],
            gaps: [Gap(source: "cluster", reason: "it is away")])
        let report = ReportFormat.json.render(conclusion, run: run)
        #expect(!report.contains("null"))
        #expect(!report.contains("\"\""))
        #expect(try JSONSchema(text: Self.schema).violations(in: report) == [])
    }

    @Test("Gaps come in one order, however they were gathered")
    func sortsGaps() {
        let gaps = ["b", "a", "c"].map { Gap(source: $0, reason: "away") }
        let reports = [gaps, gaps.reversed()].map { gaps in
            ReportFormat.json.render(
                Conclusion(findings: [], rootCauses: [], checks: [], gaps: gaps),
                run: Stories.run(exitCode: 3, complete: false))
        }
        #expect(reports[0] == reports[1])
    }

    @Test("Controls that a terminal obeys are escaped and keep their value")
    func escapesControls() throws {
        let message = "a\u{9B}2J\u{202E}\u{1B}\u{E0041}"
        let report = ReportFormat.json.render(
            Stories.nothing, run: Stories.run(exitCode: 2, complete: false, error: message))
        #expect(report.unicodeScalars.allSatisfy { $0.value < 0x7F })
        #expect(try JSONDocument(text: report)["run"]?["error"] == .string(message))
    }
}
