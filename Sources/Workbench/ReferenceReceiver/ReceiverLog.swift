/// Writes lines as Thanos' logger does: `ts`, `caller`, `level`, then what the caller gives.
struct ReceiverLog: Sendable {
    enum Level: String, Comparable, CaseIterable {
        case debug, info, warn, error

        static func < (left: Level, right: Level) -> Bool {
            left.rank < right.rank
        }

        private var rank: Int {
            switch self {
            case .debug: 0
            case .info: 1
            case .warn: 2
            case .error: 3
            }
        }
    }

    /// A key and its value; nil prints as Go's `null`.
    typealias Field = (key: String, value: String?)

    private let threshold: Level
    private let isJSON: Bool
    private let environment: ReceiverEnvironment

    init(level: String, format: String, environment: ReceiverEnvironment) {
        threshold = Level(rawValue: level) ?? .info
        isJSON = format == "json"
        self.environment = environment
    }

    func callAsFunction(_ level: Level, caller: String, _ fields: Field...) {
        self(level, caller: caller, fields)
    }

    func callAsFunction(_ level: Level, caller: String, _ fields: [Field]) {
        guard level >= threshold else { return }
        let time = environment.now().rfc3339
        let all: [Field] =
            [("ts", time), ("caller", caller), ("level", level.rawValue)] + fields
        environment.log(isJSON ? Self.json(all) : Self.logfmt(all))
    }

    static func logfmt(_ fields: [Field]) -> String {
        fields.map { "\($0.key)=\(logfmt($0.value))" }.joined(separator: " ")
    }

    private static func logfmt(_ value: String?) -> String {
        guard let value else { return "null" }
        // go-logfmt/logfmt: quotes for what is not printable or would end the value.
        let needsQuotes = value.unicodeScalars.contains {
            $0.value <= 0x20 || $0 == "=" || $0 == "\"" || $0 == "\u{FFFD}"
        }
        return needsQuotes ? quoted(value) : value
    }

    /// go-kit's JSON logger prints a map: keys sorted, of equal ones the last.
    private static func json(_ fields: [Field]) -> String {
        let map = Dictionary(fields.map { ($0.key, $0.value) }) { _, last in last }
        let members = map.sorted { $0.key < $1.key }.map { key, value in
            quoted(key) + ":" + (value.map(quoted) ?? "null")
        }
        return "{" + members.joined(separator: ",") + "}"
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            default:
                if scalar.value < 0x20 {
                    let hex = String(scalar.value, radix: 16)
                    result += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
                } else {
                    result.unicodeScalars.append(scalar)
                }
            }
        }
        return result + "\""
    }
}
