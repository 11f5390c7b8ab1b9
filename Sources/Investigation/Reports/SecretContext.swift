/// Credentials on a line that only the lines above it show to be credentials: the lines of a block
/// under a sensitive key, and the values of a Secret.
struct SecretContext {
    /// How far the lines above are read, so that each excerpt has a bounded price.
    private static let reach = 16_384
    /// How far a long line is read before the part that is shown: twice what an RSA key takes.
    private static let lineReach = 8192

    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The ranges of one line, or a part of it, that must not be shown.
    func secretRanges(in line: Range<Int>) -> [Range<Int>] {
        let content = trimmed(line)
        guard !content.isEmpty else { return [] }
        switch surroundings(of: line, content: content) {
        case .plain: break
        case .block: return [content]
        case .secretData:
            if let value = value(in: content) { return [value] }
            return key(in: content) == nil ? [content] : []
        }
        let start = lineStart(before: line.lowerBound)
        return Masking.secretRanges(in: Array(bytes[start..<line.upperBound]))
            .map { ($0.lowerBound + start)..<($0.upperBound + start) }
            .filter { $0.overlaps(line) }.map { $0.clamped(to: line) }
    }

    /// A part of a long line may begin inside a credential, which only its key gives away.
    private func lineStart(before part: Int) -> Int {
        var start = part
        while start > 0, part - start < Self.lineReach, !SecretScanner.endsLine(bytes[start - 1]) {
            start -= 1
        }
        return start
    }

    private enum Surroundings { case plain, block, secretData }

    private func surroundings(of line: Range<Int>, content: Range<Int>) -> Surroundings {
        var end = lineStart(before: line.lowerBound)
        guard end == 0 || SecretScanner.endsLine(bytes[end - 1]) else { return .plain }
        var indentation = trimmed(end..<content.upperBound).lowerBound - end
        var depth = 0
        while end > 0, indentation > 0, line.lowerBound - end < Self.reach {
            let above = self.line(endingBefore: end)
            end = above.lowerBound
            let words = trimmed(above)
            guard !words.isEmpty, words.lowerBound - above.lowerBound < indentation else {
                continue
            }
            indentation = words.lowerBound - above.lowerBound
            depth += 1
            if opensSecretBlock(words) { return .block }
            guard let key = key(in: words) else { continue }
            let isData = key.elementsEqual("data".utf8) || key.elementsEqual("stringData".utf8)
            guard isData, isInSecret(above, column: indentation) else { continue }
            return depth == 1 ? .secretData : .block
        }
        return .plain
    }

    /// `password: |` and the like, whose value is on the lines below.
    private func opensSecretBlock(_ words: Range<Int>) -> Bool {
        guard let colon = bytes[words].firstIndex(of: UInt8(ascii: ":")),
            SecretKey(before: colon, in: bytes) != nil, let value = value(in: words)
        else { return false }
        return bytes[value.lowerBound] == UInt8(ascii: "|")
            || bytes[value.lowerBound] == UInt8(ascii: ">")
    }

    /// Whether the mapping that a line of `column` blanks belongs to says `kind: Secret`.
    private func isInSecret(_ line: Range<Int>, column: Int) -> Bool {
        var start = line.lowerBound
        while start > 0, line.lowerBound - start < Self.reach {
            let above = self.line(endingBefore: start)
            if isSecretKind(above, column: column) { return true }
            if isOutside(above, column: column) { break }
            start = above.lowerBound
        }
        var end = line.upperBound
        while end < bytes.count, end - line.upperBound < Self.reach {
            let next = self.line(startingAt: end + 1)
            if isOutside(next, column: column) { break }
            if isSecretKind(next, column: column) { return true }
            end = next.upperBound
        }
        return false
    }

    /// A line that ends the mapping: a separator of documents, or one further to the left.
    private func isOutside(_ line: Range<Int>, column: Int) -> Bool {
        let words = trimmed(line)
        guard !words.isEmpty else { return false }
        return bytes[words].starts(with: "---".utf8) || words.lowerBound - line.lowerBound < column
    }

    private func isSecretKind(_ line: Range<Int>, column: Int) -> Bool {
        var words = trimmed(line)
        // The first key of an item of a list stands behind its dash.
        if bytes[words].starts(with: "- ".utf8) {
            words = trimmed((words.lowerBound + 1)..<words.upperBound)
        }
        guard words.lowerBound - line.lowerBound == column,
            bytes[words].starts(with: "kind:".utf8), let value = value(in: words)
        else { return false }
        return bytes[value].filter { !"\"'".utf8.contains($0) }.elementsEqual("Secret".utf8)
    }
}

// MARK: Lines and their parts

extension SecretContext {
    private func line(endingBefore end: Int) -> Range<Int> {
        let stop = max(end - 1, 0)
        return lineStart(before: stop)..<stop
    }

    private func line(startingAt start: Int) -> Range<Int> {
        var end = start
        while end < bytes.count, end - start < Self.reach, bytes[end] != 0x0A { end += 1 }
        return start..<end
    }

    private func trimmed(_ line: Range<Int>) -> Range<Int> {
        guard let first = bytes[line].firstIndex(where: { $0 > 0x20 }),
            let last = bytes[line].lastIndex(where: { $0 > 0x20 })
        else { return line.lowerBound..<line.lowerBound }
        return first..<(last + 1)
    }

    private func key(in words: Range<Int>) -> ArraySlice<UInt8>? {
        guard let colon = colon(in: words) else { return nil }
        return bytes[words.lowerBound..<colon]
    }

    private func value(in words: Range<Int>) -> Range<Int>? {
        guard let colon = colon(in: words) else { return nil }
        let value = trimmed((colon + 1)..<words.upperBound)
        return value.isEmpty ? nil : value
    }

    /// The colon that ends a key: a blank or the end of the line follows it.
    private func colon(in words: Range<Int>) -> Int? {
        bytes[words].indices.first { index in
            bytes[index] == UInt8(ascii: ":")
                && (index + 1 == words.upperBound || bytes[index + 1] <= 0x20)
        }
    }
}
