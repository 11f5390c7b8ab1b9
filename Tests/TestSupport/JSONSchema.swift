import FoundationEssentials

/// The part of JSON Schema 2020-12 that this project's schemas use.
///
/// A keyword that it does not know is a violation itself: a schema must not promise what no test
/// verifies.
package struct JSONSchema: Sendable {
    private let root: JSONDocument

    package init(text: String) throws { root = try JSONDocument(text: text) }

    /// Where and how a document breaks the schema; empty when it is valid.
    package func violations(in text: String) throws -> [String] {
        var violations: [String] = []
        check(try JSONDocument(text: text), against: root, at: "$", &violations)
        return violations
    }

    private func check(
        _ value: JSONDocument, against schema: JSONDocument, at path: String,
        _ violations: inout [String]
    ) {
        guard case .object(let keywords) = schema else {
            violations.append("\(path): the schema is not an object")
            return
        }
        for (keyword, argument) in keywords.sorted(by: { $0.key < $1.key }) {
            switch (keyword, argument) {
            case ("$schema", _), ("$id", _), ("$comment", _), ("$defs", _), ("title", _),
                ("description", _):
                break
            case ("$ref", .string(let reference)):
                check(value, against: definition(reference), at: path, &violations)
            case ("required", _), ("properties", _), ("additionalProperties", _):
                checkMember(keyword, argument, of: value, in: keywords, at: path, &violations)
            case ("items", _):
                guard case .array(let elements) = value else { break }
                for (index, element) in elements.enumerated() {
                    check(element, against: argument, at: "\(path)[\(index)]", &violations)
                }
            case _:
                if !holds(keyword, argument, for: value) {
                    violations.append("\(path): breaks \(keyword) \(argument)")
                }
            }
        }
    }

    private func definition(_ reference: String) -> JSONDocument {
        guard reference.hasPrefix("#/$defs/"), case .object(let members) = root,
            case .object(let definitions)? = members["$defs"],
            let found = definitions[String(reference.dropFirst("#/$defs/".count))]
        else { return .object(["unresolved": .string(reference)]) }
        return found
    }

    private func checkMember(
        _ keyword: String, _ argument: JSONDocument, of value: JSONDocument,
        in keywords: [String: JSONDocument], at path: String, _ violations: inout [String]
    ) {
        guard case .object(let members) = value else { return }
        switch (keyword, argument) {
        case ("required", .array(let names)):
            for case .string(let name) in names where members[name] == nil {
                violations.append("\(path): lacks \(name)")
            }
        case ("properties", .object(let properties)):
            for (name, schema) in properties.sorted(by: { $0.key < $1.key }) {
                guard let member = members[name] else { continue }
                check(member, against: schema, at: "\(path).\(name)", &violations)
            }
        case ("additionalProperties", .bool(false)):
            guard case .object(let known)? = keywords["properties"] else { return }
            for name in members.keys.sorted() where known[name] == nil {
                violations.append("\(path): has an unknown member \(name)")
            }
        case _:
            violations.append("\(path): cannot read \(keyword)")
        }
    }

    private func holds(
        _ keyword: String, _ argument: JSONDocument, for value: JSONDocument
    ) -> Bool {
        switch (keyword, argument, value) {
        case ("type", .string(let name), _): value.isOf(type: name)
        case ("const", _, _): value == argument
        case ("enum", .array(let allowed), _): allowed.contains(value)
        case ("minimum", .number(let bound), .number(let number)): number >= bound
        case ("minLength", .number(let bound), .string(let text)):
            Double(text.unicodeScalars.count) >= bound
        case ("minItems", .number(let bound), .array(let elements)):
            Double(elements.count) >= bound
        case ("pattern", .string(let pattern), .string(let text)):
            (try? Regex(pattern)).map { text.contains($0) } ?? false
        case ("minimum", .number, _), ("minLength", .number, _), ("minItems", .number, _),
            ("pattern", .string, _):
            true
        case _: false
        }
    }
}

/// A JSON document as plain values.
package indirect enum JSONDocument: Sendable, Hashable, Decodable {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case array([JSONDocument])
    case object([String: JSONDocument])

    package init(text: String) throws {
        self = try JSONDecoder().decode(Self.self, from: Data(text.utf8))
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let flag = try? container.decode(Bool.self) {
            self = .bool(flag)
        } else if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else if let text = try? container.decode(String.self) {
            self = .string(text)
        } else if let elements = try? container.decode([JSONDocument].self) {
            self = .array(elements)
        } else {
            self = .object(try container.decode([String: JSONDocument].self))
        }
    }

    package subscript(_ name: String) -> JSONDocument? {
        guard case .object(let members) = self else { return nil }
        return members[name]
    }

    func isOf(type name: String) -> Bool {
        switch self {
        case .null: name == "null"
        case .bool: name == "boolean"
        case .number(let number):
            name == "number" || (name == "integer" && number == number.rounded())
        case .string: name == "string"
        case .array: name == "array"
        case .object: name == "object"
        }
    }
}
