import LabelMatching

/// What a rule does with a series (`Action` in Prometheus' model/relabel).
enum RelabelAction: String, Hashable, Sendable {
    case replace, keep, drop, keepequal, dropequal, hashmod
    case labelmap, labeldrop, labelkeep, lowercase, uppercase
}

/// One step of relabelling; a field that the action does not use has its default.
struct RelabelRule: Sendable {
    var action = RelabelAction.replace
    var sourceLabels: [String] = []
    var separator = Self.defaultSeparator
    var regex: AnchoredRegex
    var modulus: UInt64 = 0
    var target = ExpansionTemplate("")
    var replacement = ExpansionTemplate(Self.defaultReplacement)

    static let defaultSeparator = ";"
    static let defaultPattern = "(.*)"
    static let defaultReplacement = "$1"
}
