import MarkedYAML
import Relabelling
import TimeSeries

/// The series `up` of any target on its way through `write_relabel_configs`.
///
/// Only its name and the external labels are known here, not `job` and `instance`.
struct OutgoingUp {
    /// The external labels that it still has; nil when it is dropped or renamed, or when that
    /// depends on a label that is not known.
    let labels: [String: String]?

    init(labels: [String: String], rules: Node) {
        let known = Set(labels.keys).union([Self.nameLabel])
        guard rules.items.allSatisfy({ Self.isDecided($0, by: known) }),
            // A hash goes into a label of which no decided rule knows.
            let relabelling = try? RelabelRules(parsing: rules, md5: { _ in Self.noDigest })
        else {
            self.labels = nil
            return
        }
        let up = labels.merging([Self.nameLabel: "up"]) { first, _ in first }
        let sent = relabelling.relabel(LabelSet(up.map { SeriesLabel($0, $1) })).map { labels in
            Dictionary(labels.map(Self.text)) { first, _ in first }
        }
        let isNamed = sent?[Self.nameLabel] == "up"
        self.labels = isNamed ? sent?.filter { labels[$0.key] != nil } : nil
    }

    private static let nameLabel = "__name__"
    private static let noDigest = [UInt8](repeating: 0, count: 16)

    private static func text(of label: LabelSet.Label) -> (String, String) {
        (String(decoding: label.name, as: UTF8.self), String(decoding: label.value, as: UTF8.self))
    }

    /// Whether a rule does the same to the known labels, whatever the others are.
    private static func isDecided(_ rule: Node, by known: Set<String>) -> Bool {
        let sources = rule["source_labels"]?.items.compactMap(\.string) ?? []
        let isKnown = known.isSuperset(of: sources)
        switch rule["action"]?.string?.lowercased() ?? "replace" {
        case "labeldrop", "labelkeep": return true
        case "keep", "drop": return isKnown
        case "replace", "hashmod", "lowercase", "uppercase":
            guard let target = rule["target_label"]?.string, !target.contains("$") else {
                return false
            }
            return isKnown || !known.contains(target)
        default: return false
        }
    }
}
