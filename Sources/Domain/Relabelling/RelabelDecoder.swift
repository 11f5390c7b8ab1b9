import LabelMatching
import MarkedYAML

/// Turns a YAML tree into rules with the outcomes of Go's yaml.v2 on Prometheus' types.
///
/// A value of the wrong type is remembered and decoding goes on; every other fault ends it.
struct RelabelDecoder {
    private let unknownKeys: RelabelRules.UnknownKeys
    private let defaultRegex: AnchoredRegex
    private var typeErrors: [String] = []

    static func rules(
        in document: Node, unknownKeys: RelabelRules.UnknownKeys
    ) throws(RelabelError) -> [RelabelRule] {
        guard !document.isNull else { return [] }
        var decoder = try RelabelDecoder(unknownKeys)
        let rules = try decoder.rules(in: document)
        guard decoder.typeErrors.isEmpty else {
            let errors = decoder.typeErrors.map { "\n  \($0)" }.joined()
            throw RelabelError("yaml: unmarshal errors:\(errors)", at: document.range)
        }
        return rules
    }

    private init(_ unknownKeys: RelabelRules.UnknownKeys) throws(RelabelError) {
        self.unknownKeys = unknownKeys
        defaultRegex = try Self.regex(RelabelRule.defaultPattern, at: nil)
    }

    private mutating func rules(in document: Node) throws(RelabelError) -> [RelabelRule] {
        guard document.kind == .sequence else {
            report(document, type: "[]*relabel.Config")
            return []
        }
        var rules: [RelabelRule] = []
        for item in document.items {
            guard item.kind == .mapping else {
                guard !item.isNull else {
                    throw RelabelError("empty or null relabeling rule", at: item.range)
                }
                report(item, type: "relabel.plain")
                continue
            }
            rules.append(try rule(in: item))
        }
        return rules
    }

    private mutating func rule(in node: Node) throws(RelabelError) -> RelabelRule {
        let errorsBefore = typeErrors.count
        reportUnknownKeys(of: node)
        var rule = RelabelRule(regex: defaultRegex)
        if let action = node["action"] { rule.action = try self.action(action) }
        if let labels = node["source_labels"] { rule.sourceLabels = try names(labels) }
        if let separator = node["separator"] { rule.separator = text(separator) }
        if let pattern = node["regex"] {
            rule.regex = try Self.regex(text(pattern), at: pattern.range)
        }
        if let modulus = node["modulus"] { rule.modulus = number(modulus) }
        if let target = node["target_label"] { rule.target = ExpansionTemplate(text(target)) }
        if let replacement = node["replacement"] {
            rule.replacement = ExpansionTemplate(text(replacement))
        }
        if typeErrors.count == errorsBefore, let fault = rule.fault(in: node) {
            throw RelabelError(fault, at: node.range)
        }
        return rule
    }

    private mutating func action(_ node: Node) throws(RelabelError) -> RelabelAction {
        guard !node.isNull else {
            throw RelabelError("relabel action cannot be empty", at: node.range)
        }
        let text = text(node)
        if let action = RelabelAction(rawValue: text.lowercased()) { return action }
        guard node.kind == .scalar else { return .replace }
        throw RelabelError("unknown relabel action \(quoted(text))", at: node.range)
    }

    private mutating func names(_ node: Node) throws(RelabelError) -> [String] {
        guard !node.isNull else { return [] }
        guard node.kind == .sequence else {
            report(node, type: "model.LabelNames")
            return []
        }
        var names: [String] = []
        for item in node.items {
            let name = text(item)
            if name.isEmpty, item.kind == .scalar, !item.isNull {
                throw RelabelError("\"\" is not a valid label name", at: item.range)
            }
            names.append(name)
        }
        return names
    }

    private static func regex(
        _ pattern: String, at range: SourceRange?
    ) throws(RelabelError) -> AnchoredRegex {
        do throws(RegexError) {
            return try AnchoredRegex(pattern)
        } catch {
            throw RelabelError(error.message, at: range)
        }
    }
}

extension RelabelDecoder {
    /// Any scalar is a text; null is the empty one.
    private mutating func text(_ node: Node) -> String {
        guard node.kind == .scalar else {
            report(node, type: "string")
            return ""
        }
        return node.string ?? ""
    }

    /// A whole number, or the whole part of a fraction.
    private mutating func number(_ node: Node) -> UInt64 {
        guard !node.isNull else { return 0 }
        if node.style == .plain, let text = node.string, let number = UInt64(text) {
            return number
        }
        if let number = node.double, (0..<0x1p64).contains(number) { return UInt64(number) }
        report(node, type: "uint64")
        return 0
    }

    private mutating func reportUnknownKeys(of node: Node) {
        guard unknownKeys == .refused else { return }
        let known = [
            "source_labels", "separator", "regex", "modulus", "target_label", "replacement",
            "action",
        ]
        for (key, _) in node.entries where !known.contains(key.scalarText ?? "") {
            let name = key.scalarText ?? ""
            typeErrors.append(
                "line \(key.range.start.line): field \(name) not found in type relabel.plain")
        }
    }

    /// The text of yaml.v2's `terror`; a long value is cut.
    private mutating func report(_ node: Node, type: String) {
        var value = ""
        if let text = node.scalarText {
            value = " `\(text.utf8.count > 10 ? "\(text.prefix(7))..." : text)`"
        }
        typeErrors.append(
            "line \(node.range.start.line): cannot unmarshal \(node.shortTag)\(value) into \(type)")
    }
}

/// A text as Go's `%q` prints it.
private func quoted(_ text: String) -> String {
    let escaped = text.unicodeScalars.map { scalar in
        switch scalar {
        case "\"": "\\\""
        case "\\": "\\\\"
        case "\n": "\\n"
        case "\t": "\\t"
        case "\r": "\\r"
        default: String(scalar)
        }
    }
    return "\"\(escaped.joined())\""
}

extension Node {
    /// The tag as yaml.v2 names it in its errors.
    fileprivate var shortTag: String {
        switch kind {
        case .sequence: "!!seq"
        case .mapping: "!!map"
        case .scalar:
            if isNull {
                "!!null"
            } else if bool != nil {
                "!!bool"
            } else if int != nil {
                "!!int"
            } else {
                double != nil ? "!!float" : "!!str"
            }
        }
    }
}
