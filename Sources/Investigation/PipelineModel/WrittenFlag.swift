package import MarkedYAML

/// One flag of a command line as it is written.
package struct WrittenFlag: Sendable {
    /// Without its dashes: `storage.agent.path`.
    package let name: String
    /// Empty for a switch.
    package let value: String
    /// The argument that names it.
    package let range: SourceRange

    /// `--name=value`, `--name value` and `--name`, with one dash or two.
    static func all(in arguments: [Marked<String>]) -> [WrittenFlag] {
        var flags: [WrittenFlag] = []
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            guard argument.value.hasPrefix("-") else { continue }
            let text = argument.value.drop { $0 == "-" }
            if let equals = text.firstIndex(of: "=") {
                flags.append(
                    WrittenFlag(
                        name: String(text[..<equals]),
                        value: String(text[text.index(after: equals)...]), range: argument.range))
            } else if let next = rest.first, !next.value.hasPrefix("-") {
                flags.append(
                    WrittenFlag(name: String(text), value: next.value, range: argument.range))
                rest.removeFirst()
            } else {
                flags.append(WrittenFlag(name: String(text), value: "", range: argument.range))
            }
        }
        return flags
    }
}

extension Agent {
    /// The last value of a flag, named without dashes.
    package func flag(_ name: String) -> WrittenFlag? { flags.last { $0.name == name } }

    /// Whether a feature flag of Prometheus is given.
    package func hasFeature(_ name: String) -> Bool {
        flags.contains { flag in
            flag.name == "enable-feature"
                && flag.value.split(separator: ",").contains { $0 == name }
        }
    }
}
