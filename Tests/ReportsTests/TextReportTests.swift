import Evidence
import MarkedYAML
import Reports
import Testing

@testable import Diagnosis

struct VerdictRow: Sendable, CustomTestStringConvertible {
    let words: String
    let conclusion: Conclusion
    let run: RunDescription

    init(_ words: String, _ conclusion: Conclusion, _ run: RunDescription) {
        self.words = words
        self.conclusion = conclusion
        self.run = run
    }

    var testDescription: String { words }
}

@Suite("The text report says what is known and what is not")
struct TextReportTests {
    private static let verdicts = [
        VerdictRow(
            "Ready: nothing wrong was found. Exit 0.", Stories.allPassed, Stories.run(exitCode: 0)),
        VerdictRow(
            "Passed: nothing wrong was found. Exit 0.", Stories.allPassed,
            Stories.run("lint", exitCode: 0)),
        VerdictRow(
            "Ready, with 1 error, 1 warning. Exit 0.", Stories.twoRoots, Stories.run(exitCode: 0)),
        VerdictRow(
            "Not ready: 1 error, 1 warning. Exit 1.", Stories.twoRoots, Stories.run(exitCode: 1)),
        VerdictRow(
            "Ready as far as could be seen: 13 checks could not look, "
                + "2 sources could not be read. Exit 0.",
            Stories.unknownForbidden, Stories.run(exitCode: 0, complete: false)),
        VerdictRow(
            "Not proven: 13 checks could not look, 2 sources could not be read. Exit 3.",
            Stories.unknownForbidden, Stories.run(exitCode: 3, complete: false)),
        VerdictRow(
            "Nothing was judged. Exit 2.", Stories.nothing,
            Stories.run(exitCode: 2, error: "no file")),
        VerdictRow(
            "Internal error: this is a fault of thanosctl, please report it. Exit 4.",
            Stories.nothing, Stories.run(exitCode: 4, complete: false, error: "index")),
        VerdictRow(
            "Interrupted: this report is not complete. Exit 130.", Stories.twoRoots,
            Stories.run(exitCode: 130, complete: false)),
        VerdictRow(
            "Interrupted: this report is not complete. Exit 143.", Stories.nothing,
            Stories.run(exitCode: 143, complete: false)),
    ]

    @Test("The last line is the verdict in words", arguments: verdicts)
    func endsInVerdict(_ row: VerdictRow) {
        var run = row.run
        run.display = DisplayOptions(width: 120)
        let report = ReportFormat.text.render(row.conclusion, run: run)
        #expect(report.split(separator: "\n").last.map(String.init) == row.words)
    }

    @Test("A threshold other than the default is named")
    func namesThreshold() {
        var run = Stories.run(exitCode: 1)
        run.outcome.failOn = "warning"
        let report = ReportFormat.text.render(Stories.twoRoots, run: run)
        #expect(report.hasSuffix("Not ready: 1 error, 1 warning (--fail-on warning). Exit 1.\n"))
    }

    @Test("A report with findings begins with a root cause")
    func beginsWithRootCause() {
        for width in [40, 80, 120] {
            let run = Stories.run(exitCode: 1, display: DisplayOptions(width: width))
            let report = ReportFormat.text.render(Stories.rootWithThreeSymptoms, run: run)
            #expect(report.hasPrefix("✗ critical[missing-fsgroup]:"))
        }
    }

    @Test("Symptoms alike are counted, and named on request", arguments: [0, 1])
    func foldsSymptoms(_ verbosity: Int) {
        let display = DisplayOptions(width: 120, verbosity: verbosity)
        let report = ReportFormat.text.render(
            Self.manySymptoms(40), run: Stories.run(exitCode: 1, display: display))
        let named = report.split(separator: "\n").count { $0.contains("✗ pod-crash-looping:") }
        #expect(named == (verbosity == 0 ? 3 : 40))
        #expect(report.contains("… and 37 more of pod-crash-looping (-v)") == (verbosity == 0))
    }

    @Test("A fault of very many objects is shown three times, and counted", arguments: [0, 1])
    func countsRootsAlike(_ verbosity: Int) {
        let findings = (1...40).map {
            Stories.finding("F\($0)", "some-fault", .error, "wrong", on: Stories.pod)
        }
        let conclusion = Conclusion(
            findings: findings, rootCauses: Stories.roots(of: findings), checks: [], gaps: [])
        let display = DisplayOptions(width: 200, verbosity: verbosity)
        let report = ReportFormat.text.render(
            conclusion, run: Stories.run(exitCode: 1, display: display))
        let blocks = report.split(separator: "\n").count { $0.contains("error[some-fault]: wrong") }
        #expect(blocks == (verbosity == 0 ? 3 : 40))
        let rest = "✗ error[some-fault]: 37 more like these, on Pod monitoring/thanos-receiver-0"
        #expect(report.contains(rest) == (verbosity == 0))
        #expect(report.contains("and 34 more (-v)") == (verbosity == 0))
    }

    @Test("Evidence of many pods is counted, and shown on request", arguments: [0, 1])
    func countsEvidence(_ verbosity: Int) {
        var finding = Stories.missingFSGroup
        finding.evidence = (0..<60).map { EvidenceItem("metrics", "pod \($0) says so") }
        let conclusion = Conclusion(
            findings: [finding], rootCauses: Stories.roots(of: [finding]),
            checks: Stories.passed(1), gaps: [])
        let display = DisplayOptions(width: 120, verbosity: verbosity)
        let report = ReportFormat.text.render(
            conclusion, run: Stories.run(exitCode: 1, display: display))
        let shown = report.split(separator: "\n").count { $0.contains("says so") }
        #expect(shown == (verbosity == 0 ? 4 : 60))
        #expect(report.contains("… and 56 more (-v)") == (verbosity == 0))
    }

    @Test("One forbidden list is one line, whatever depends on it")
    func groupsUnknown() {
        let report = ReportFormat.text.render(
            Stories.unknownForbidden, run: Stories.run(exitCode: 3, complete: false))
        #expect(report.split(separator: "\n").count { $0.contains("list pods in") } == 1)
        #expect(!report.contains("needs-pods-01"))
    }

    @Test("Checks that could not look are named on request")
    func namesUnknown() {
        let run = Stories.run(
            exitCode: 3, complete: false, display: DisplayOptions(verbosity: 1))
        let report = ReportFormat.text.render(Stories.unknownForbidden, run: run)
        #expect(report.contains("needs-pods-01, needs-pods-02"))
    }

    @Test("Nothing from outside reaches the terminal as it is", arguments: ReportFormat.allCases)
    func isHarmless(_ format: ReportFormat) {
        let hostile = "evil\u{1B}]0;x\u{7}\u{202E} password: hunter2"
        var finding = Stories.finding(
            "F1", "some-fault", .error, hostile, on: Stories.pod, why: hostile,
            evidence: [EvidenceItem(hostile, hostile, command: hostile)],
            fix: .command(hostile, advice: hostile), cluster: hostile)
        let source = SourceText(name: hostile, text: hostile)
        let range = SourceRange(source: source, bytes: 0..<4)
        finding.places = [Place(range, hostile), Place(range, hostile)]
        let conclusion = Conclusion(
            findings: [finding], rootCauses: Stories.roots(of: [finding]),
            checks: [CheckResult(id: "a", status: .unknown, reason: hostile)],
            gaps: [Gap(source: hostile, reason: hostile, locations: [range])])
        for command in ["doctor", "lint"] {
            var run = Stories.run(command, exitCode: 1, complete: false, error: hostile)
            run.targets = [RunTarget(role: "receive", cluster: hostile)]
            let report = format.render(conclusion, run: run)
            #expect(!report.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
            #expect(!report.unicodeScalars.contains("\u{202E}"))
            #expect(!report.contains("hunter2"))
        }
    }

    @Test("With ASCII alone our own drawing has no other character")
    func drawsInASCII() {
        let conclusions = [
            Stories.rootWithThreeSymptoms, Stories.twoRoots, Stories.unknownForbidden,
            Stories.allPassed, Self.manySymptoms(9),
        ]
        for (index, conclusion) in conclusions.enumerated() {
            let display = DisplayOptions(usesASCII: true, verbosity: index % 2)
            for command in ["doctor", "lint"] {
                let run = Stories.run(command, exitCode: 1, display: display)
                let report = ReportFormat.text.render(conclusion, run: run)
                #expect(report.utf8.allSatisfy { $0 < 0x80 })
            }
        }
    }

    @Test("Colour adds nothing but colour", arguments: ReportRow.all)
    func isCompleteWithoutColor(_ row: ReportRow) {
        var plain = row.run
        plain.display.usesColor = false
        var colored = row.run
        colored.display.usesColor = true
        let text = row.format.render(row.conclusion, run: colored)
        #expect(
            text.replacing(/\u{1B}\[[0-9;]*m/, with: "")
                == row.format.render(row.conclusion, run: plain))
    }

    @Test("Places beyond the sixth are counted")
    func countsPlaces() {
        var finding = Stories.finding("F1", "some-fault", .error, "too many", on: Stories.pod)
        finding.places = (0..<9).map { _ in Place(Sources.agent.range(of: "max_shards")) }
        let conclusion = Conclusion(
            findings: [finding], rootCauses: Stories.roots(of: [finding]), checks: [], gaps: [])
        let report = ReportFormat.text.render(conclusion, run: Stories.run("lint", exitCode: 1))
        #expect(report.split(separator: "\n").count { $0.contains(":::") } == 5)
        #expect(report.contains("= note: and 3 more places"))
    }

    @Test("A finding under two roots names one and counts the other")
    func countsRoots() {
        let findings = ["F1", "F2", "F3"].map {
            Stories.finding($0, "fault-\($0.dropFirst())", .error, "wrong", on: Stories.pod)
        }
        let roots = ["F1", "F2"].map {
            RootCause(
                finding: $0, check: "fault-\($0.dropFirst())", explains: ["F3"], blocks: [])
        }
        let conclusion = Conclusion(findings: findings, rootCauses: roots, checks: [], gaps: [])
        let run = Stories.run("lint", exitCode: 1, display: DisplayOptions(width: 120))
        let report = ReportFormat.text.render(conclusion, run: run)
        #expect(
            report.contains(
                "explained by F1 fault-1 at Pod monitoring/thanos-receiver-0 and 1 other root cause"
            ))
        let doctor = ReportFormat.text.render(conclusion, run: Stories.run(exitCode: 1))
        #expect(doctor.split(separator: "\n").count { $0.contains("✗ fault-3:") } == 2)
    }

    private static func manySymptoms(_ count: Int) -> Conclusion {
        let symptoms = (0..<count).map { number in
            Stories.finding(
                "F\(number + 2)", "pod-crash-looping", .error, "restarted 5 times", on: Stories.pod)
        }
        return Conclusion(
            findings: [Stories.missingFSGroup] + symptoms,
            rootCauses: [
                RootCause(
                    finding: "F1", check: "missing-fsgroup", explains: symptoms.map(\.id),
                    blocks: [])
            ], checks: Stories.passed(1), gaps: [])
    }
}
