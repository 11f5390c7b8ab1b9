package import Diagnosis

/// A form in which a report can be had; a new one is a case here and a renderer in its own file.
package enum ReportFormat: String, Sendable, Hashable, CaseIterable {
    case text, json, short

    /// The whole report, with a line break at its end.
    package func render(_ conclusion: Conclusion, run: RunDescription) -> String {
        switch self {
        case .text where run.command == "lint":
            LintRenderer(conclusion, run: run).report
        case .text: TextRenderer(conclusion, run: run).report
        case .json: JSONRenderer(conclusion, run: run).report
        case .short: ShortRenderer(conclusion, run: run).report
        }
    }
}
