/// Which signature explains a line.
struct LineJudge: Sendable {
    enum Verdict {
        /// The indices of a signature and of its trace.
        case explained(signature: Int, trace: Int)
        /// Of level warn or above, and nothing matches.
        case unexplained
        case unremarkable
    }

    /// The spellings of logfmt, JSON and Go's slog.
    private static let levels = ["warn", "error", "fatal", "WARN", "ERROR"].flatMap {
        ["level=\($0)", "\"level\":\"\($0)\"", "\"level\": \"\($0)\""]
    }

    private struct Rule {
        let signature: Int
        let trace: Int
        let required: TextSet
        let absent: TextSet
    }

    private let rules: [Rule]
    private let isBad: TextSet
    private let texts: LiteralSearch
    /// Finds every line that can be anything but unremarkable, save for klog's.
    let prefilter: LiteralSearch

    init(_ signatures: [LogSignature]) {
        var numbers: [String: Int] = [:]
        func set(_ texts: [String]) -> TextSet {
            texts.reduce(into: TextSet()) { set, text in
                let number = numbers[text] ?? numbers.count
                numbers[text] = number
                set.insert(number)
            }
        }
        isBad = set(Self.levels)
        rules = signatures.enumerated().flatMap { index, signature in
            signature.traces.enumerated().map { trace, texts in
                Rule(
                    signature: index, trace: trace, required: set(texts.texts),
                    absent: set(texts.absent))
            }
        }
        texts = LiteralSearch(numbers.sorted { $0.value < $1.value }.map { Array($0.key.utf8) })
        prefilter = LiteralSearch(Self.keys(of: signatures).map { Array($0.utf8) })
    }

    /// Shorter texts would slow the search down.
    static let keyLength = 10

    /// The texts of which one is on every line that matters: of each trace the first long one.
    static func keys(of signatures: [LogSignature]) -> [String] {
        let firsts = signatures.flatMap(\.traces).compactMap { trace in
            trace.texts.first { $0.utf8.count >= keyLength } ?? trace.texts.first
        }
        return Array(Set(levels + firsts)).sorted()
    }

    func verdict(on line: UnsafeRawBufferPointer) -> Verdict {
        var found = TextSet()
        texts.search(line, from: 0) { text, _ in
            found.insert(text)
            return true
        }
        for rule in rules where found.contains(rule.required) && found.isApart(from: rule.absent) {
            return .explained(signature: rule.signature, trace: rule.trace)
        }
        let isBad = !found.isApart(from: isBad) || KlogLine.isBad(line, at: 0)
        return isBad ? .unexplained : .unremarkable
    }
}

/// Numbers below 256.
struct TextSet: Sendable {
    private var words = SIMD4<UInt64>()

    mutating func insert(_ number: Int) {
        guard number < 256 else { return }
        words[number >> 6] |= 1 << UInt64(number & 63)
    }

    func contains(_ other: TextSet) -> Bool { words & other.words == other.words }

    func isApart(from other: TextSet) -> Bool { words & other.words == SIMD4() }
}
