/// A label selector, read and refused as `k8s.io/apimachinery/pkg/labels` does.
struct LabelSelector: Sendable, Hashable {
    /// One condition; all must hold.
    enum Requirement: Sendable, Hashable {
        case exists(String)
        case absent(String)
        case oneOf(String, Set<String>)
        case noneOf(String, Set<String>)
        case above(String, Int)
        case below(String, Int)
    }

    var requirements: [Requirement] = []

    var isEmpty: Bool { requirements.isEmpty }

    func matches(_ labels: [String: String]) -> Bool {
        requirements.allSatisfy { requirement in
            switch requirement {
            case .exists(let key): labels[key] != nil
            case .absent(let key): labels[key] == nil
            case .oneOf(let key, let values): labels[key].map(values.contains) ?? false
            case .noneOf(let key, let values): !(labels[key].map(values.contains) ?? false)
            case .above(let key, let bound):
                labels[key].flatMap(Int.init).map { $0 > bound } ?? false
            case .below(let key, let bound):
                labels[key].flatMap(Int.init).map { $0 < bound } ?? false
            }
        }
    }

    init(parsing text: String) throws(APIStatus) {
        var parser = LabelSelectorParser(text)
        requirements = try parser.parse()
    }
}

/// The grammar of `labels.Parser`, with its messages.
private struct LabelSelectorParser {
    private enum Token: Equatable {
        case word(String)
        case symbol(String)
        case end

        var literal: String {
            switch self {
            case .word(let text), .symbol(let text): text
            case .end: ""
            }
        }
    }

    private var tokens: [Token]
    private var position = 0

    init(_ text: String) {
        tokens = Self.tokens(of: text)
    }

    mutating func parse() throws(APIStatus) -> [LabelSelector.Requirement] {
        var requirements: [LabelSelector.Requirement] = []
        while true {
            switch peek {
            case .word, .symbol("!"):
                requirements.append(try requirement())
                switch advance() {
                case .end: return requirements
                case .symbol(","):
                    guard isWord(peek) || peek == .symbol("!") else {
                        throw unexpected(peek, "identifier after ','")
                    }
                case let other: throw unexpected(other, "',' or 'end of string'")
                }
            case .end: return requirements
            case let other: throw unexpected(other, "!, identifier, or 'end of string'")
            }
        }
    }

    private mutating func requirement() throws(APIStatus) -> LabelSelector.Requirement {
        let isNegated = peek == .symbol("!")
        if isNegated { advance() }
        let word = advance()
        guard case .word(let key) = word else { throw unexpected(word, "identifier") }
        if isNegated { return .absent(key) }
        if peek == .end || peek == .symbol(",") { return .exists(key) }
        let op = advance()
        switch op {
        case .word("in"): return .oneOf(key, try values())
        case .word("notin"): return .noneOf(key, try values())
        case .symbol("="), .symbol("=="): return .oneOf(key, [exactValue()])
        case .symbol("!="): return .noneOf(key, [exactValue()])
        case .symbol(">"): return .above(key, try number(key))
        case .symbol("<"): return .below(key, try number(key))
        case .word, .symbol, .end: throw unexpected(op, "in, notin, =, ==, !=, gt, lt")
        }
    }

    /// A missing value is the empty one: `app=` asks for an empty label.
    private mutating func exactValue() -> String {
        guard case .word(let value) = peek else { return "" }
        advance()
        return value
    }

    private mutating func number(_ key: String) throws(APIStatus) -> Int {
        let value = exactValue()
        guard let number = Int(value) else {
            throw .badRequest(
                "values[0][\(key)]: Invalid value: \"\(value)\": for 'Gt', 'Lt' operators, "
                    + "the value must be an integer")
        }
        return number
    }

    private mutating func values() throws(APIStatus) -> Set<String> {
        let open = advance()
        guard open == .symbol("(") else { throw unexpected(open, "'('") }
        var values: Set<String> = []
        while true {
            switch advance() {
            case .word(let value): values.insert(value)
            case .symbol(","): if peek == .symbol(",") || peek == .symbol(")") { values.insert("") }
            case .symbol(")"): return values
            case let other: throw unexpected(other, "',', ')' or identifier")
            }
        }
    }

    private var peek: Token { position < tokens.count ? tokens[position] : .end }

    @discardableResult
    private mutating func advance() -> Token {
        defer { position += 1 }
        return peek
    }

    private func isWord(_ token: Token) -> Bool {
        if case .word = token { return true }
        return false
    }

    private func unexpected(_ token: Token, _ expected: String) -> APIStatus {
        .badRequest("found '\(token.literal)', expected: \(expected)")
    }

    private static func tokens(of text: String) -> [Token] {
        let special: Set<Character> = ["=", "!", "(", ")", ",", ">", "<"]
        var tokens: [Token] = []
        var rest = text[...]
        while let character = rest.first {
            if character == " " || character == "\t" || character == "\r" || character == "\n" {
                rest = rest.dropFirst()
            } else if rest.hasPrefix("==") || rest.hasPrefix("!=") {
                tokens.append(.symbol(String(rest.prefix(2))))
                rest = rest.dropFirst(2)
            } else if special.contains(character) {
                tokens.append(.symbol(String(character)))
                rest = rest.dropFirst()
            } else {
                let word = rest.prefix { !special.contains($0) && !" \t\r\n".contains($0) }
                tokens.append(.word(String(word)))
                rest = rest[word.endIndex...]
            }
        }
        return tokens
    }
}
