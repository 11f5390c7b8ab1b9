import MarkedYAML

/// The members of one object that a plug-in printed, none of them unknown.
struct AnswerFields {
    private let node: Node
    private let name: String

    private static let longestText = 2000

    init(_ node: Node, _ name: String, _ known: [String]) throws(RefusedAnswer) {
        guard node.kind == .mapping else { throw RefusedAnswer("\(name) is no JSON object") }
        for (key, _) in node.entries where !known.contains(key.scalarText ?? "") {
            throw RefusedAnswer(
                "\(name) has an unknown member \((key.scalarText ?? "").debugDescription)")
        }
        self.node = node
        self.name = name
    }

    func string(_ member: String) -> String? { node[member]?.string }

    func text(_ member: String) throws(RefusedAnswer) -> String {
        guard let text = try optionalText(member) else {
            throw RefusedAnswer("\(name) has no \(member)")
        }
        return text
    }

    /// One line that is fit to be shown.
    func optionalText(_ member: String) throws(RefusedAnswer) -> String? {
        guard let value = node[member] else { return nil }
        guard let text = value.string, !text.isEmpty, text.utf8.count <= Self.longestText else {
            throw RefusedAnswer(
                "\(member) of \(name) is no text of 1 to \(Self.longestText) bytes")
        }
        let isPlain = text.unicodeScalars.allSatisfy { scalar in
            scalar.value >= 0x20 && !(0x7F...0x9F).contains(scalar.value)
        }
        guard isPlain else {
            throw RefusedAnswer("\(member) of \(name) holds control characters")
        }
        return text
    }

    func choice<Choice: RawRepresentable<String>>(
        _ member: String
    ) throws(RefusedAnswer) -> Choice? {
        guard let value = node[member] else { return nil }
        guard let choice = value.string.flatMap(Choice.init) else {
            let text = (value.scalarText ?? "").prefix(40)
            throw RefusedAnswer("\(member) of \(name) is \(String(text).debugDescription)")
        }
        return choice
    }
}
