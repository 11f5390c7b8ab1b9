/// What a plain scalar means to Kubernetes.
///
/// The rules are those of sigs.k8s.io/yaml (goyaml.v2/resolve.go), which kubectl reads manifests
/// with: YAML 1.1 words, C-like integers, underscores ignored, no base 60.
enum ScalarResolution: Sendable, Hashable {
    case null
    case bool(Bool)
    case int(Int)
    case double(Double)
    case string

    init(_ text: UnsafeBufferPointer<UInt8>) {
        guard let first = text.first else {
            self = .null
            return
        }
        switch first {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"):
            self = Self.number(text) ?? Self.word(text)
        case UInt8(ascii: "."):
            self = Self.fraction(text) ?? Self.word(text)
        default:
            self = text.count <= 5 ? Self.word(text) : .string
        }
    }

    /// Whether a plain text is null, without asking what else it could be.
    static func isNull(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        switch text.count {
        case 0: true
        case 1: text[0] == UInt8(ascii: "~")
        case 4: word(text) == .null
        default: false
        }
    }

    /// No word is longer than `false`; a small string needs no memory, so the switch is cheap.
    private static func word(_ text: UnsafeBufferPointer<UInt8>) -> ScalarResolution {
        guard text.count <= 5 else { return .string }
        switch String(decoding: text, as: UTF8.self) {
        case "~", "null", "Null", "NULL": return .null
        case "true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON", "y", "Y":
            return .bool(true)
        case "false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF", "n", "N":
            return .bool(false)
        case ".nan", ".NaN", ".NAN": return .double(.nan)
        case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF": return .double(.infinity)
        case "-.inf", "-.Inf", "-.INF": return .double(-.infinity)
        default: return .string
        }
    }

    private static func number(_ text: UnsafeBufferPointer<UInt8>) -> ScalarResolution? {
        let digits = text.filter { $0 != UInt8(ascii: "_") }
        if let number = integer(digits) { return .int(number) }
        guard isDecimal(digits) else { return nil }
        return Double(String(decoding: digits, as: UTF8.self)).map { .double($0) }
    }

    private static func fraction(_ text: UnsafeBufferPointer<UInt8>) -> ScalarResolution? {
        guard isDecimal(Array(text)) else { return nil }
        return Double(String(decoding: text, as: UTF8.self)).map { .double($0) }
    }

    /// An integer as Go's `strconv.ParseInt` reads it with base 0.
    private static func integer(_ text: [UInt8]) -> Int? {
        let isNegative = text.first == UInt8(ascii: "-")
        let hasSign = isNegative || text.first == UInt8(ascii: "+")
        var digits = text.dropFirst(hasSign ? 1 : 0)
        var radix = 10
        if digits.first == UInt8(ascii: "0"), digits.count > 1 {
            switch digits[digits.startIndex + 1] | 0x20 {
            case UInt8(ascii: "x"): (radix, digits) = (16, digits.dropFirst(2))
            case UInt8(ascii: "o"): (radix, digits) = (8, digits.dropFirst(2))
            case UInt8(ascii: "b"): (radix, digits) = (2, digits.dropFirst(2))
            default: (radix, digits) = (8, digits.dropFirst())
            }
        }
        guard let first = digits.first, first != 0x2B, first != 0x2D else { return nil }
        let sign = isNegative ? "-" : ""
        return Int(sign + String(decoding: digits, as: UTF8.self), radix: radix)
    }

    /// Whether a text is a decimal number: sign, digits, point, digits, exponent.
    private static func isDecimal(_ text: [UInt8]) -> Bool {
        var rest = text[...]
        func dropSign() {
            if let first = rest.first, first == 0x2B || first == 0x2D { rest.removeFirst() }
        }
        func dropDigits() -> Int {
            let digits = rest.prefix { (0x30...0x39).contains($0) }.count
            rest.removeFirst(digits)
            return digits
        }
        dropSign()
        let whole = dropDigits()
        var fraction = 0
        if rest.first == UInt8(ascii: ".") {
            rest.removeFirst()
            fraction = dropDigits()
        }
        guard whole + fraction > 0 else { return false }
        if let letter = rest.first, letter | 0x20 == UInt8(ascii: "e") {
            rest.removeFirst()
            dropSign()
            guard dropDigits() > 0 else { return false }
        }
        return rest.isEmpty
    }
}

extension ScalarResolution {
    /// The value of a number, whole or not.
    var number: Double? {
        switch self {
        case .double(let value): value
        case .int(let value): Double(value)
        case .null, .bool, .string: nil
        }
    }
}
