import LabelMatching
import MarkedYAML

extension RelabelRule {
    /// What is wrong with a rule as a whole; nil when nothing is
    /// (`Config.Validate` in Prometheus' model/relabel, with UTF-8 label names).
    func fault(in node: Node) -> String? {
        switch action {
        case .keep, .drop: nil
        case .replace: targetFault
        case .hashmod:
            modulus == 0
                ? "relabel configuration for hashmod requires non-zero modulus" : targetFault
        case .lowercase, .uppercase: targetFault ?? replacementFault
        case .keepequal, .dropequal: targetFault ?? replacementFault ?? comparisonFault(in: node)
        case .labelmap:
            replacement.text.isEmpty
                ? "\"\" is invalid 'replacement' for \(action.rawValue) action" : nil
        case .labeldrop, .labelkeep: nameFault(in: node)
        }
    }

    private var targetFault: String? {
        guard target.text.isEmpty else { return nil }
        return "relabel configuration for \(action.rawValue) action requires 'target_label' value"
    }

    private var replacementFault: String? {
        guard replacement.text != Self.defaultReplacement else { return nil }
        return "'replacement' can not be set for \(action.rawValue) action"
    }

    private func comparisonFault(in node: Node) -> String? {
        guard node["regex"] != nil || modulus != 0 || separator != Self.defaultSeparator else {
            return nil
        }
        return "\(action.rawValue) action requires only 'source_labels' and `target_label`, "
            + "and no other fields"
    }

    private func nameFault(in node: Node) -> String? {
        let hasSources = node["source_labels"]?.isNull == false
        guard
            hasSources || !target.text.isEmpty || modulus != 0
                || separator != Self.defaultSeparator || replacementFault != nil
        else { return nil }
        return "\(action.rawValue) action requires only 'regex', and no other fields"
    }
}
