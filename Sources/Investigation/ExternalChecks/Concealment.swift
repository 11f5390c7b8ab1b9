import KubernetesModel
import MarkedYAML

/// Takes credentials out of what a plug-in is shown.
struct Concealment: Sendable {
    let mask: @Sendable (String) -> String

    /// An object as JSON; of a Secret only who it is.
    func json(_ object: KubernetesObject) -> JSONValue {
        guard object.kind != "Secret" else {
            return [
                "apiVersion": .string(object.apiVersion), "kind": "Secret",
                "metadata": Self.json(object.reference, withKind: false),
            ]
        }
        return json(object.node.plainValue, named: "")
    }

    /// A text that stands under a name: `password` says more than its value does.
    func text(_ text: String, named name: String = "") -> String {
        guard !name.isEmpty else { return mask(text) }
        let label = "\(name): "
        let line = mask(label + text)
        return line.hasPrefix(label) ? String(line.dropFirst(label.count)) : mask(text)
    }

    private func json(_ value: JSONValue, named name: String) -> JSONValue {
        switch value {
        case .string(let text): return .string(self.text(text, named: name))
        case .array(let items): return .array(items.map { json($0, named: name) })
        case .object(let object):
            // An environment variable is a pair of name and value.
            let variable = object["name"].flatMap(Self.string)
            return .object(
                JSONObject(
                    object.members.filter { $0.name != "managedFields" }.map { member in
                        let name = member.name == "value" ? variable ?? "value" : member.name
                        return JSONObject.Member(member.name, json(member.value, named: name))
                    }))
        case .null, .bool, .int, .double: return value
        }
    }

    private static func string(_ value: JSONValue) -> String? {
        if case .string(let text) = value { text } else { nil }
    }

    static func json(_ reference: ObjectReference, withKind: Bool = true) -> JSONValue {
        var object: JSONObject = withKind ? ["kind": .string(reference.kind)] : [:]
        object["namespace"] = reference.namespace.map { .string($0) }
        object["name"] = .string(reference.name)
        return .object(object)
    }
}
