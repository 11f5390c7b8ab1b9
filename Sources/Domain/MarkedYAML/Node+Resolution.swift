extension Node {
    /// Whether this is a null: nothing at all, a plain `~`, or the word.
    package var isNull: Bool {
        let record = record
        guard record.shape == .scalar else { return false }
        if record.traits.contains(.tagged) { return resolution == .null }
        guard record.style == .plain else { return false }
        return tree.withText(of: record) { ScalarResolution.isNull($0) }
    }

    /// The truth value of a plain `true`, `no`, `on` and the like.
    package var bool: Bool? {
        guard case .bool(let value) = resolution else { return nil }
        return value
    }

    /// The value of a plain integer that fits.
    package var int: Int? {
        guard case .int(let value) = resolution else { return nil }
        return value
    }

    /// The value of a plain number, whole or not.
    package var double: Double? {
        switch resolution {
        case .double(let value): value
        case .int(let value): Double(value)
        case .null, .bool, .string, nil: nil
        }
    }

    /// What a scalar means; nil for collections.
    ///
    /// Quotes make a string, and a tag overrules them.
    var resolution: ScalarResolution? {
        let record = record
        guard record.shape == .scalar else { return nil }
        if record.traits.contains(.tagged), let tag { return taggedResolution(tag) }
        guard record.style == .plain else { return .string }
        return tree.withText(of: record) { ScalarResolution($0) }
    }

    /// Tags of the YAML 1.1 type repository make a quoted text mean what they say.
    private func taggedResolution(_ tag: String) -> ScalarResolution? {
        switch tag {
        case "tag:yaml.org,2002:bool", "tag:yaml.org,2002:int", "tag:yaml.org,2002:null":
            return withUTF8 { ScalarResolution($0) }
        case "tag:yaml.org,2002:float":
            guard let double = withUTF8({ ScalarResolution($0) })?.number else { return .string }
            return .double(double)
        default:
            return .string
        }
    }

    /// A copy of the tree for re-encoding: aliases expanded, merges applied.
    ///
    /// Bounded because the reader counted nodes and depth through aliases.
    package var plainValue: JSONValue {
        switch kind {
        case .sequence: return .array(items.map(\.plainValue))
        case .mapping:
            let members = entries.map { entry in
                JSONObject.Member(
                    entry.key.scalarText ?? entry.key.plainValue.compact,
                    entry.value.plainValue)
            }
            return .object(JSONObject(members))
        case .scalar: return plainScalar
        }
    }

    private var plainScalar: JSONValue {
        switch resolution {
        case .null, nil: .null
        case .bool(let value): .bool(value)
        case .int(let value): .int(value)
        case .double(let value): .double(value)
        case .string: .string(scalarText ?? "")
        }
    }
}
