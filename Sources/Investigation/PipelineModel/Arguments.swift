package import KubernetesModel
package import MarkedYAML

/// A container's arguments after Kubernetes' `$(VAR)` substitution, each with its node's place.
///
/// `$$(VAR)` stands for a literal `$(VAR)`; a reference to a variable that is not defined stays
/// as it is written (Kubernetes API reference, Container `args`).
package struct Arguments: Sendable {
    package let values: [Marked<String>]
    /// References to variables that the container does not define.
    package let undefined: [Marked<String>]
    /// Names that stand in `$$(NAME)`, where they are no references: every pod has the same text.
    package let escaped: Set<String>

    package init(_ container: Container) {
        let written = container.command + container.arguments
        // Most texts hold no dollar, and bytes are compared much faster than characters.
        guard written.contains(where: { $0.value.utf8.contains(UInt8(ascii: "$")) }) else {
            values = written
            undefined = []
            escaped = []
            return
        }
        let environment = container.environment
        var undefined: [Marked<String>] = []
        values = written.map { argument in
            let result = Self.substitute(argument.value, from: environment)
            if !container.takesForeignEnvironment {
                undefined += result.undefined.map { Marked($0, at: argument.range) }
            }
            return Marked(result.text, at: argument.range)
        }
        self.undefined = undefined
        escaped = Set(written.flatMap { Self.escapedNames(in: $0.value) })
    }

    private static func escapedNames(in text: String) -> [String] {
        text.ranges(of: "$$(").compactMap { start in
            text[start.upperBound...].firstIndex(of: ")").map {
                String(text[start.upperBound..<$0])
            }
        }
    }

    private static func substitute(
        _ text: String, from environment: [String: EnvironmentValue]
    ) -> (text: String, undefined: [String]) {
        guard text.utf8.contains(UInt8(ascii: "$")) else { return (text, []) }
        var result = ""
        var undefined: [String] = []
        var rest = Substring(text)
        while let dollar = rest.firstIndex(of: "$") {
            result += rest[..<dollar]
            rest = rest[dollar...]
            if rest.hasPrefix("$$") {
                result += "$"
                rest = rest.dropFirst(2)
            } else if rest.hasPrefix("$("), let close = rest.firstIndex(of: ")") {
                let name = String(rest.dropFirst(2)[..<close])
                switch environment[name] {
                case .literal(let value)?: result += value
                case .field?, .configMapKey?, .secretKey?, .unknown?: result += "$(\(name))"
                case nil:
                    undefined.append(name)
                    result += "$(\(name))"
                }
                rest = rest[rest.index(after: close)...]
            } else {
                result += "$"
                rest = rest.dropFirst()
            }
        }
        return (result + rest, undefined)
    }
}
