/// Signatures as they are written down, one block each.
///
///     @ CAUSE/NAME | component | confidence | meaning
///     next what to do, when the incident's own fix does not say it
///     versions Thanos 0.42 and later
///     ? text && another text !! text that must be absent
///     = a line that matches
///
/// Versions hold for the one text that follows.
package struct SignatureTable {
    package private(set) var signatures: [LogSignature] = []
    /// Lines that are not understood.
    package private(set) var rejected: [String] = []

    package init(_ text: String) {
        var block: [Substring] = []
        for line in text.split(separator: "\n") + [Substring("@")] {
            if line.hasPrefix("@"), !block.isEmpty {
                add(block)
                block = []
            }
            block.append(line)
        }
    }

    private mutating func add(_ block: [Substring]) {
        let fields = Self.parts(block[0].dropFirst(), separator: "|")
        guard fields.count == 4, let component = LogSignature.Component(rawValue: fields[1]),
            let confidence = LogSignature.Confidence(rawValue: fields[2])
        else { return rejected.append(String(block[0])) }
        var rest = Entries()
        for line in block.dropFirst() where !rest.take(line) { rejected.append(String(line)) }
        let cause = String(fields[0].prefix { $0 != "/" })
        signatures.append(
            LogSignature(
                id: fields[0], cause: cause == "expected" ? nil : cause, component: component,
                confidence: confidence, meaning: fields[3],
                nextStep: rest.nextStep, traces: rest.traces))
    }

    static func parts(_ text: Substring, separator: String) -> [String] {
        text.split(separator: separator).map { part in
            String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        }
    }
}

/// What follows the first line of a block.
private struct Entries {
    var nextStep: String?
    var traces: [LogSignature.Trace] = []
    private var texts: [String] = []
    private var absent: [String] = []
    private var versions: String?

    /// Whether the line was understood.
    mutating func take(_ line: Substring) -> Bool {
        let words = line.split(separator: " ", maxSplits: 1)
        guard words.count == 2 else { return false }
        switch words[0] {
        case "next": nextStep = String(words[1])
        case "versions": versions = String(words[1])
        case "?":
            let sides = SignatureTable.parts(words[1], separator: "!!")
            texts = SignatureTable.parts(sides[0][...], separator: "&&")
            absent = sides.dropFirst().map(\.self)
        case "=":
            guard !texts.isEmpty else { return false }
            traces.append(
                .init(
                    texts: texts, absent: absent, versions: versions, example: String(words[1])))
            (texts, absent, versions) = ([], [], nil)
        case _: return false
        }
        return true
    }
}
