import CheckCatalogue
import Diagnosis
import Gathering
import NetworkProbes

/// What the value of a key has to be.
enum SettingRule {
    /// What is wrong with a value, and what to write in its place; nil when it is right.
    static func problem(with text: String, as key: SettingKey) -> String? {
        switch key {
        case .contexts, .kubeconfig, .namespaces, .bucket: nil
        case .endpoints, .query, .prometheus: EndpointGatherer.problem(with: text)
        case .history: History.problem(with: text)
        case .probeOnly:
            CIDR(text) == nil ? "'\(text)' is no network; write 10.0.0.0/8" : nil
        case .timeout: Span(text) == nil ? "'\(text)' is no duration; write 30s or 2m" : nil
        case .failOn: unknownSeverity(text)
        case .only, .skip: SelectionOptions.problem(with: text)
        }
    }

    private static func unknownSeverity(_ text: String) -> String? {
        guard text != "never", Severity(rawValue: text) == nil else { return nil }
        let known = Severity.allCases.map(\.rawValue) + ["never"]
        return "unknown severity '\(text)'\(Suggestion.nearest(to: text, among: known))"
    }
}
