import MarkedYAML

/// A mapping read as Go's `yaml.UnmarshalStrict` (yaml.v2) reads one into a struct.
///
/// What was asked for is known; what is left at the end is a problem, in Go's words.
struct StrictMapping {
    private let node: Node?
    /// Go's name of the struct, such as `s3.Config`.
    private let type: String
    private let problems: StrictProblems
    private var known: Set<String> = []

    init(_ node: Node?, type: String, problems: StrictProblems) {
        let isEmpty = node?.isNull ?? true
        self.node = isEmpty ? nil : node
        self.type = type
        self.problems = problems
        if let node = self.node, node.kind != .mapping { problems.refuse(node, as: type) }
    }

    mutating func value(_ key: String) -> Node? {
        known.insert(key)
        guard let value = node?[key], !value.isNull else { return nil }
        return value
    }

    mutating func string(_ key: String) -> String {
        guard let value = value(key) else { return "" }
        guard let text = value.string else {
            problems.refuse(value, as: "string")
            return ""
        }
        return text
    }

    mutating func bool(_ key: String, default preset: Bool = false) -> Bool {
        guard let value = value(key) else { return preset }
        guard let flag = value.bool else {
            problems.refuse(value, as: "bool")
            return preset
        }
        return flag
    }

    mutating func int(_ key: String, default preset: Int, type: String = "int") -> Int {
        guard let value = value(key) else { return preset }
        guard let number = value.int, number >= 0 || type == "int" else {
            problems.refuse(value, as: type)
            return preset
        }
        return number
    }

    /// `map[string]string`, sorted by key.
    mutating func strings(_ key: String) -> [String: String] {
        guard let value = value(key) else { return [:] }
        guard value.kind == .mapping else {
            problems.refuse(value, as: "map[string]string")
            return [:]
        }
        var strings: [String: String] = [:]
        for (name, text) in value.entries {
            strings[name.scalarText ?? ""] = text.string ?? ""
        }
        return strings
    }

    mutating func mapping(_ key: String, type: String) -> StrictMapping {
        StrictMapping(value(key), type: type, problems: problems)
    }

    /// Reports every key that nobody asked for.
    func finish() {
        guard let node else { return }
        for (key, _) in node.entries {
            guard let name = key.scalarText, !known.contains(name) else { continue }
            problems.add(at: key, "field \(name) not found in type \(type)")
        }
    }
}

/// What is wrong in one document; shared by the mappings that are read from it.
final class StrictProblems {
    /// The line in which Go sees a node.
    private let line: (Node) -> Int
    private var found: [(line: Int, text: String)] = []

    init(line: @escaping (Node) -> Int) { self.line = line }

    func add(at node: Node, _ text: String) { found.append((line(node), text)) }

    func refuse(_ node: Node, as type: String) {
        add(at: node, "cannot unmarshal \(Self.inGoWords(node)) into \(type)")
    }

    /// yaml.v2's `TypeError`; `nil` when all was well.
    var error: ObjectStoreError? {
        guard !found.isEmpty else { return nil }
        let lines = found.sorted { $0.line < $1.line }.map { "  line \($0.line): \($0.text)" }
        return ObjectStoreError(
            .configuration, (["yaml: unmarshal errors:"] + lines).joined(separator: "\n"))
    }

    private static func inGoWords(_ node: Node) -> String {
        switch node.kind {
        case .mapping: return "!!map"
        case .sequence: return "!!seq"
        case .scalar:
            let text = node.scalarText ?? ""
            let shown = text.utf8.count > 10 ? "\(text.prefix(7))..." : text
            let tag =
                node.bool != nil
                ? "!!bool" : node.int != nil ? "!!int" : node.double != nil ? "!!float" : "!!str"
            return "\(tag) `\(shown)`"
        }
    }
}
