extension ScalarTrace {
    /// Follows a literal or folded scalar from its `|` or `>`.
    mutating func followBlock(isLiteral: Bool) {
        index = LineBreak.next(from: index, in: source)
        _ = takeBreak()
        let indent = indentation(from: index)
        var lineBreak: Range<Int>?
        var breaks = takeBlankLines(indent)
        var beganWithBlank = false
        while !isComplete, index < source.count, isIndented(by: indent) {
            let beginsWithBlank = isAtBlank
            if let lineBreak {
                let isFolded =
                    !isLiteral && lineBreak.count < 3 && !beganWithBlank && !beginsWithBlank
                emit(lineBreak, isFolded: isFolded, isLast: breaks.isEmpty)
            }
            breaks.forEach { emitBreak($0) }
            beganWithBlank = beginsWithBlank
            let start = index
            index = LineBreak.next(from: index, in: source)
            copy(start..<index)
            lineBreak = takeBreak()
            breaks = takeBlankLines(indent)
        }
        emitEnd(lineBreak, breaks)
    }

    /// A fold is a blank, or nothing when blank lines follow.
    private mutating func emit(_ lineBreak: Range<Int>, isFolded: Bool, isLast: Bool) {
        if !isFolded {
            emitBreak(lineBreak)
        } else if isLast {
            emit([0x20], for: lineBreak)
        }
    }

    /// The line breaks at the end, as many as chomping left.
    private mutating func emitEnd(_ lineBreak: Range<Int>?, _ breaks: [Range<Int>]) {
        if let lineBreak, !isComplete { emitBreak(lineBreak) }
        for lineBreak in breaks where !isComplete { emitBreak(lineBreak) }
    }

    /// Takes the indentation, and any lines that are empty but for it.
    private mutating func takeBlankLines(_ indent: Int) -> [Range<Int>] {
        var breaks: [Range<Int>] = []
        while true {
            let start = index
            while index < source.count, source[index] == 0x20, index - start < indent {
                index += 1
            }
            guard let lineBreak = takeBreak() else { return breaks }
            breaks.append(lineBreak)
        }
    }

    /// Whether the line goes on behind the whole indentation, rather than ending the scalar.
    private func isIndented(by indent: Int) -> Bool {
        index >= indent && source[(index - indent)..<index].allSatisfy { $0 == 0x20 }
    }

    /// The indentation of the text: the blanks before its first line that are not part of it.
    ///
    /// An indicator such as in `|2` counts from the parent, which is not known here; what libyaml
    /// left of the blanks of that line tells the same.
    private func indentation(from start: Int) -> Int {
        let written = blanksOfFirstLine(source, from: start)
        let kept = blanksOfFirstLine(expected, from: 0)
        return max(0, written - kept)
    }

    private func blanksOfFirstLine(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        var index = start
        while index < bytes.count {
            let line = index
            while index < bytes.count, bytes[index] == 0x20 { index += 1 }
            let length = LineBreak.length(at: index, in: bytes)
            if length == 0 { return index - line }
            index += length
        }
        return 0
    }
}
