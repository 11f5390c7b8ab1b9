/// A line of `key=value` pairs, keys in order and possibly repeated.
struct Logfmt {
    let fields: [(key: String, value: String)]

    init(_ line: String) {
        var fields: [(String, String)] = []
        var rest = Substring(line)
        while let equals = rest.firstIndex(of: "=") {
            let key = rest[..<equals].drop { $0 == " " }
            rest = rest[rest.index(after: equals)...]
            fields.append((String(key), Self.value(&rest)))
        }
        self.fields = fields
    }

    subscript(key: String) -> String? {
        fields.first { $0.key == key }?.value
    }

    /// The pairs without those that differ from run to run.
    var lasting: String {
        fields.filter { !["ts", "time", "bound"].contains($0.key) }
            .map { "\($0.key)=\($0.value)" }.joined(separator: " | ")
    }

    private static func value(_ rest: inout Substring) -> String {
        guard rest.first == "\"" else {
            let value = rest.prefix { $0 != " " }
            rest = rest[value.endIndex...]
            return String(value)
        }
        rest.removeFirst()
        var value = ""
        while let character = rest.popFirst(), character != "\"" {
            guard character == "\\" else {
                value.append(character)
                continue
            }
            switch rest.popFirst() {
            case "n": value += "\n"
            case "t": value += "\t"
            case let escaped?: value.append(escaped)
            case nil: break
            }
        }
        return value
    }

    /// An error's text without Go's stack frames: a line and the indented one behind it.
    static func withoutFrames(_ error: String) -> [String] {
        let lines = error.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        return lines.indices.filter { index in
            let next = lines.indices.contains(index + 1) ? lines[index + 1] : ""
            return !lines[index].hasPrefix("\t") && !next.hasPrefix("\t")
        }.map { lines[$0] }
    }
}
