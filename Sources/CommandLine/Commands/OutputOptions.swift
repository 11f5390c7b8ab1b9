import ArgumentParser
import Diagnosis
import FoundationEssentials
import Glibc
import Reports

/// How a report is written, and what makes it fail.
struct OutputOptions: ParsableArguments {
    @Option(
        name: [.short, .customLong("output")],
        help: ArgumentHelp(
            "Report as text, json or short; FORMAT=FILE writes to a file. Repeatable.",
            valueName: "format[=file]"))
    var output: [String] = []

    static let usualThreshold = "error"

    @Option(
        help: "Fail at this severity: critical, error, warning, info or never. (default: error)")
    var failOn: String?

    @Flag(help: "Exit 0 where not everything could be judged.")
    var allowIncomplete = false

    @Option(help: "Colour: auto, always or never. NO_COLOR is honoured.")
    var color = "auto"

    @Flag(help: "Draw with ASCII alone.")
    var ascii = false

    @Flag(name: .shortAndLong, help: "Show what passed, with times.")
    var verbose: Int

    /// Where one report goes.
    struct Destination: Equatable {
        let format: ReportFormat
        let file: String?
    }

    /// Refuses what was typed wrong before any work is done.
    func verify() throws {
        _ = try destinations()
        _ = try threshold()
        _ = try display(toFile: false)
    }

    func destinations() throws -> [Destination] {
        guard !output.isEmpty else { return [Destination(format: .text, file: nil)] }
        let destinations = try output.map(Self.destination)
        guard destinations.count(where: { $0.file == nil }) <= 1 else {
            throw UsageError("two reports cannot share stdout; write one to a file: -o json=FILE")
        }
        return destinations
    }

    private static func destination(_ text: String) throws -> Destination {
        let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
        let name = parts.first ?? ""
        guard let format = ReportFormat(rawValue: name) else {
            let known = ReportFormat.allCases.map(\.rawValue)
            throw UsageError(
                "unknown output format '\(name)'\(Suggestion.nearest(to: name, among: known))")
        }
        return Destination(format: format, file: parts.count == 2 ? parts[1] : nil)
    }

    /// Nil for `never`.
    func threshold() throws -> Severity? {
        let failOn = failOn ?? Self.usualThreshold
        if failOn == "never" { return nil }
        guard let severity = Severity(rawValue: failOn) else {
            let known = Severity.allCases.map(\.rawValue) + ["never"]
            throw UsageError(
                "unknown severity '\(failOn)'\(Suggestion.nearest(to: failOn, among: known))")
        }
        return severity
    }

    func display(toFile: Bool) throws -> DisplayOptions {
        guard let color = Terminal.ColorChoice(rawValue: color) else {
            throw UsageError("unknown colour choice '\(color)'; use auto, always or never")
        }
        let terminal = Terminal(STDOUT_FILENO)
        return DisplayOptions(
            width: toFile ? 80 : terminal.width,
            usesColor: !toFile && terminal.usesColor(color),
            usesASCII: ascii || !Terminal.hasUTF8Locale, verbosity: verbose)
    }

    /// Whether a command line that could not be parsed asked for a JSON document on stdout.
    static func asksForJSON(_ arguments: [String]) -> Bool {
        let joined = ["-o=json", "-ojson", "--output=json"]
        return arguments.contains(where: joined.contains)
            || zip(arguments, arguments.dropFirst()).contains {
                ["-o", "--output"].contains($0) && $1 == "json"
            }
    }
}
