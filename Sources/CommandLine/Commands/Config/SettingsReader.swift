import MarkedYAML

/// Makes settings of a text, and lists everything that is wrong with it.
struct SettingsReader {
    private(set) var settings = Settings()
    private(set) var problems: [SettingsProblem] = []

    // Far beyond what people write, and far below what would hurt.
    private static let limits = ReadingLimits(depth: 20, nodes: 100_000, bytes: 1 << 20)

    init(_ source: SourceText) {
        read(source)
    }

    private mutating func read(_ source: SourceText) {
        let stream = YAMLReader.stream(source, limits: Self.limits)
        problems = stream.errors.map { SettingsProblem(range: $0.range, message: $0.message) }
        if stream.documents.count > 1 {
            refuse(stream.documents[1], "a second document; write all settings into the first")
        }
        guard problems.isEmpty, let root = stream.documents.first, !root.isNull else { return }
        guard root.kind == .mapping else {
            return refuse(root, "this is no mapping; write KEY: VALUE lines")
        }
        for (name, value) in root.entries { read(name, value) }
    }

    private mutating func read(_ name: Node, _ value: Node) {
        let written = name.scalarText ?? ""
        guard let key = SettingKey(rawValue: written) else {
            let known = SettingKey.allCases.map(\.rawValue)
            return refuse(
                name, "unknown key '\(written)'\(Suggestion.nearest(to: written, among: known))")
        }
        switch key.shape {
        case .text: keep([value], as: key)
        case .list:
            guard value.kind == .sequence else {
                return refuse(value, "\(written) is a list; write [a, b]")
            }
            keep(value.items, as: key)
        case .boolean:
            guard ["true", "false"].contains(value.scalarText) else {
                return refuse(value, "\(written) is true or false")
            }
            keep([value], as: key)
        case .contexts:
            guard value.kind == .sequence else {
                return refuse(value, "contexts is a list; write - name: CONTEXT")
            }
            for item in value.items { readContext(item) }
        }
    }

    private mutating func keep(_ nodes: [Node], as key: SettingKey) {
        for node in nodes {
            guard let text = node.string, !text.isEmpty else {
                refuse(node, "\(key.rawValue) needs a text here")
                continue
            }
            if let reason = SettingRule.problem(with: text, as: key) { refuse(node, reason) }
            settings.values[key, default: []].append(.init(value: text, range: node.range))
        }
    }

    /// A name alone, or a mapping with name and role.
    private mutating func readContext(_ node: Node) {
        guard let name = node.kind == .mapping ? node["name"] : node, let text = name.string else {
            return refuse(node, "a context has a name; write - name: CONTEXT")
        }
        if settings.values[.contexts]?.contains(where: { $0.value == text }) == true {
            refuse(name, "context '\(text)' is listed twice; remove one")
        }
        keep([name], as: .contexts)
        guard node.kind == .mapping else { return }
        for (key, value) in node.entries where !key.hasText("name") {
            guard key.hasText("role") else {
                let written = key.scalarText ?? ""
                let hint = Suggestion.nearest(to: written, among: ["name", "role"])
                refuse(key, "unknown key '\(written)'\(hint)")
                continue
            }
            guard let role = value.string.flatMap(Settings.Role.init) else {
                let known = Settings.Role.allCases.map(\.rawValue)
                let written = value.scalarText ?? ""
                let hint = Suggestion.nearest(to: written, among: known)
                refuse(value, "unknown role '\(written)'\(hint)")
                continue
            }
            settings.roles[text] = role
        }
    }

    private mutating func refuse(_ node: Node, _ message: String) {
        problems.append(SettingsProblem(range: node.range, message: message))
    }
}
