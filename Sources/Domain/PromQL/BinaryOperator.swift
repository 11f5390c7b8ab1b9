import Glibc

/// What stands between two operands, from the strongest binding to the weakest.
enum BinaryOperator: String, Sendable {
    case power = "^"
    case times = "*"
    case divide = "/"
    case modulo = "%"
    case plus = "+"
    case minus = "-"
    case equal = "=="
    case notEqual = "!="
    case less = "<"
    case greater = ">"
    case lessOrEqual = "<="
    case greaterOrEqual = ">="
    case and
    case unless
    case or

    init?(_ token: Token) {
        switch token.kind {
        case .symbol(let symbol): self.init(rawValue: symbol.rawValue)
        case .keyword(let keyword): self.init(rawValue: keyword.rawValue)
        default: return nil
        }
    }

    /// Higher binds stronger; the power binds to the right, all others to the left.
    var precedence: Int {
        switch self {
        case .or: 1
        case .and, .unless: 2
        case .equal, .notEqual, .less, .greater, .lessOrEqual, .greaterOrEqual: 3
        case .plus, .minus: 4
        case .times, .divide, .modulo: Self.signPrecedence
        case .power: 6
        }
    }

    /// A sign binds as a product does, so that `-2 ^ 2` is -4.
    static let signPrecedence = 5

    var isComparison: Bool { precedence == 3 }
    var isSetOperation: Bool { precedence < 3 }
    var isArithmetic: Bool { precedence > 3 }

    /// The result of arithmetic; nil for everything else.
    func arithmetic(_ left: Double, _ right: Double) -> Double? {
        switch self {
        case .power: pow(left, right)
        case .times: left * right
        case .divide: left / right
        case .modulo: fmod(left, right)
        case .plus: left + right
        case .minus: left - right
        case .equal, .notEqual, .less, .greater, .lessOrEqual, .greaterOrEqual, .and, .unless, .or:
            nil
        }
    }

    /// Whether a comparison holds; false for everything else.
    func holds(_ left: Double, _ right: Double) -> Bool {
        switch self {
        case .equal: left == right
        case .notEqual: left != right
        case .less: left < right
        case .greater: left > right
        case .lessOrEqual: left <= right
        case .greaterOrEqual: left >= right
        case .power, .times, .divide, .modulo, .plus, .minus, .and, .unless, .or: false
        }
    }
}
