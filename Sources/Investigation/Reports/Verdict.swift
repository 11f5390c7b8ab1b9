import Diagnosis

/// The last line of a report: what the exit code says, in words.
struct Verdict {
    private let conclusion: Conclusion
    private let run: RunDescription

    init(_ conclusion: Conclusion, run: RunDescription) {
        self.conclusion = conclusion
        self.run = run
    }

    /// Meanings of exit codes: the table in `--help`, the same for every command.
    var words: String {
        let meaning =
            switch run.outcome.exitCode {
            case 0: withinThreshold
            case 1: beyondThreshold
            case 2: "Nothing was judged"
            case 3: notProven
            case 4: "Internal error: this is a fault of thanosctl, please report it"
            case 130, 143: "Interrupted: this report is not complete"
            case _: "Ended"
            }
        return "\(meaning). Exit \(run.outcome.exitCode)."
    }

    private var good: String { run.command == "doctor" ? "Ready" : "Passed" }
    private var bad: String { run.command == "doctor" ? "Not ready" : "Failed" }

    private var withinThreshold: String {
        let found = Tally.findings(of: conclusion)
        guard run.outcome.isComplete else {
            let seen = found.map { "; found \($0)" } ?? ""
            return "\(good) as far as could be seen: \(ignorance)\(seen)"
        }
        if found == nil, conclusion.lines != nil {
            return "\(good): no line speaks of a known cause"
        }
        guard let found else { return "\(good): nothing wrong was found" }
        return "\(good), with \(found)"
    }

    private var beyondThreshold: String {
        let found = Tally.findings(of: conclusion) ?? "findings"
        let roots = conclusion.rootCauses.count
        let origin =
            roots > 0 && roots < conclusion.findings.count
            ? " from " + Tally.count(roots, "root cause") : ""
        let threshold =
            run.outcome.failOn == "error" ? "" : " (--fail-on \(run.outcome.failOn))"
        let rest = run.outcome.isComplete ? "" : "; \(ignorance)"
        return "\(bad): \(found)\(origin)\(threshold)\(rest)"
    }

    private var notProven: String {
        let found = Tally.findings(of: conclusion).map { "; found \($0)" } ?? ""
        return "Not proven: \(ignorance)\(found)"
    }

    /// What could not be seen, counted.
    private var ignorance: String {
        let unknown = conclusion.count(of: .unknown)
        let gaps = conclusion.gaps.count
        var parts: [String] = []
        if unknown > 0 { parts.append("\(Tally.count(unknown, "check")) could not look") }
        if gaps > 0 { parts.append("\(Tally.count(gaps, "source")) could not be read") }
        return parts.isEmpty ? "not everything was judged" : parts.joined(separator: ", ")
    }
}
