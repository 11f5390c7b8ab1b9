import MarkedYAML

/// The fields of one mapping of a plug-in's YAML, none of them unknown.
struct Fields {
    let node: Node

    init(_ node: Node, known: [String]) throws(PluginError) {
        guard node.kind == .mapping else {
            throw PluginError("fields are expected here", at: node.range)
        }
        for (key, _) in node.entries where !known.contains(key.scalarText ?? "") {
            throw PluginError(
                "unknown field '\(key.scalarText ?? "")'; there is "
                    + known.joined(separator: ", "), at: key.range)
        }
        self.node = node
    }

    func text(_ name: String) throws(PluginError) -> Marked<String> {
        guard let text = try optionalText(name) else {
            throw PluginError("the field '\(name)' is missing", at: node.range)
        }
        return text
    }

    func optionalText(_ name: String) throws(PluginError) -> Marked<String>? {
        guard let value = node[name] else { return nil }
        guard let text = value.scalarText, text.contains(where: { !$0.isWhitespace }) else {
            throw PluginError("'\(name)' is a text", at: value.range)
        }
        return Marked(Self.trimmed(text), at: value.range)
    }

    /// A folded text ends with a line break that means nothing.
    private static func trimmed(_ text: String) -> String {
        text.last?.isNewline == true ? String(text.dropLast()) : text
    }

    func items(_ name: String) throws(PluginError) -> [Node] {
        guard let value = node[name] else { return [] }
        guard value.kind == .sequence else {
            throw PluginError("'\(name)' is a list", at: value.range)
        }
        return value.items
    }

    func texts(_ name: String) throws(PluginError) -> [Marked<String>] {
        var texts: [Marked<String>] = []
        for item in try items(name) {
            guard let text = item.string else {
                throw PluginError("'\(name)' is a list of texts", at: item.range)
            }
            texts.append(Marked(text, at: item.range))
        }
        return texts
    }

    /// One of a few words; nil when the field is not there.
    func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ name: String, of _: Choice.Type = Choice.self
    ) throws(PluginError) -> Choice? {
        guard let text = try optionalText(name) else { return nil }
        guard let choice = Choice(rawValue: text.value) else {
            let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            throw PluginError("'\(name)' is one of \(known)", at: text.range)
        }
        return choice
    }
}
