import MarkedYAML

/// One column of a `Table`, and how its cell is made from an object.
///
/// The real API server adds a description to each, which no client prints; here it is empty.
struct PrintedColumn: Sendable {
    let name: String
    var type = "string"
    var format = ""
    /// Columns of priority 1 and above are shown by `-o wide` only.
    var priority = 0
    let cell: @Sendable (JSONValue, WallTime) -> JSONValue

    var definition: JSONValue {
        [
            "name": .string(name), "type": .string(type), "format": .string(format),
            "description": "", "priority": .int(priority),
        ]
    }
}

extension PrintedColumn {
    /// A column of text.
    static func text(
        _ name: String, wide: Bool = false, _ text: @escaping @Sendable (JSONValue) -> String
    ) -> PrintedColumn {
        PrintedColumn(name: name, priority: wide ? 1 : 0) { object, _ in .string(text(object)) }
    }

    static let name = PrintedColumn(name: "Name", format: "name") { object, _ in
        .string(object.at("metadata", "name")?.asText ?? "")
    }

    static let age = PrintedColumn(name: "Age") { object, now in
        .string(Printed.age(object.at("metadata", "creationTimestamp"), now))
    }

    /// The age as a custom resource's column has it.
    static let customAge = PrintedColumn(name: "Age", type: "date", cell: age.cell)

    /// A column of a custom resource; the cell is null where the path leads nowhere.
    static func custom(
        _ name: String, type: String = "string", priority: Int = 0, _ path: String...
    ) -> PrintedColumn {
        PrintedColumn(name: name, type: type, priority: priority) { object, _ in
            path.reduce(Optional(object)) { $0?[$1] } ?? .null
        }
    }

    /// A column of a custom resource that shows a member of one of its conditions.
    static func condition(_ name: String, of condition: String, _ member: String) -> PrintedColumn {
        PrintedColumn(name: name) { object, _ in
            object.list("status", "conditions")
                .first { $0.text("type") == condition }?[member] ?? .null
        }
    }
}

/// Bits of text that several printers share (`pkg/printers/internalversion/printers.go`).
enum Printed {
    static let none = "<none>"

    static func age(_ timestamp: JSONValue?, _ now: WallTime) -> String {
        guard let time = timestamp?.asText.flatMap(WallTime.init(rfc3339:)) else {
            return "<unknown>"
        }
        return HumanDuration.text(from: time, to: now)
    }

    static func int(_ value: JSONValue?) -> Int { value?.asInt ?? 0 }

    static func joined(_ texts: [String]) -> String {
        texts.isEmpty ? none : texts.joined(separator: ",")
    }

    /// `a=b,c=d`, sorted by name.
    static func labels(_ value: JSONValue?) -> String {
        let pairs = (value?.members ?? []).map { "\($0.name)=\($0.value.asText ?? "")" }
        return joined(pairs.sorted())
    }

    /// A selector of a workload: its labels, then its expressions.
    static func selector(_ value: JSONValue?) -> String {
        let labels = (value?["matchLabels"]?.members ?? [])
            .map { "\($0.name)=\($0.value.asText ?? "")" }.sorted()
        let expressions = (value?.list("matchExpressions") ?? []).map { expression in
            let key = expression.text("key") ?? ""
            let values = expression.list("values").compactMap(\.asText).sorted()
            return switch expression.text("operator") {
            case "Exists": key
            case "DoesNotExist": "!\(key)"
            case "NotIn": "\(key) notin (\(values.joined(separator: ",")))"
            default: "\(key) in (\(values.joined(separator: ",")))"
            }
        }
        return joined(labels + expressions)
    }

    static func containers(_ object: JSONValue, _ member: String) -> String {
        object.list("spec", "template", "spec", "containers")
            .map { $0.text(member) ?? "" }.joined(separator: ",")
    }
}
