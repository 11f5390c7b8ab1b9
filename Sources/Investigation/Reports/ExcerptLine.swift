import MarkedYAML

/// A line of a source as a terminal shows it, and where each of its bytes stands in it.
///
/// Only a window of a very long line is read, so that thousands of findings in one line of API
/// JSON cost no more than in many short ones.
struct ExcerptLine {
    /// What takes a place of its own: a character, a tab, or the spelling of a control character.
    private struct Cell {
        let text: String
        let column: Int
        let width: Int
        let offset: Int

        var end: Int { column + width }
    }

    private static let bytesBefore = 512
    private static let bytesAfter = 512
    private static let tabWidth = 4

    private var cells: [Cell] = []
    private let end: Int
    private let isCutBefore: Bool
    private let isCutAfter: Bool

    /// The line of `source` that holds byte `offset`.
    init(_ source: SourceText, holding offset: Int) {
        let bytes = source.bytes
        let offset = min(max(offset, 0), bytes.count)
        var start = offset
        while start > 0, !SecretScanner.endsLine(bytes[start - 1]),
            offset - start < Self.bytesBefore || bytes[start] & 0xC0 == 0x80
        {
            start -= 1
        }
        var end = offset
        while end < bytes.count, !SecretScanner.endsLine(bytes[end]),
            end - offset < Self.bytesAfter || bytes[end] & 0xC0 == 0x80
        {
            end += 1
        }
        isCutBefore = start > 0 && !SecretScanner.endsLine(bytes[start - 1])
        isCutAfter = end < bytes.count && !SecretScanner.endsLine(bytes[end])
        self.end = end
        let secrets = SecretContext(bytes).secretRanges(in: start..<end)
        fill(bytes, start..<end, hiding: secrets)
    }

    private var width: Int { cells.last?.end ?? 0 }

    /// The columns of a range of bytes, counted from 0; what lies behind the line stands right
    /// after it.
    private func columns(of bytes: Range<Int>) -> Range<Int> {
        let start = bytes.lowerBound < end ? cell(at: bytes.lowerBound)?.column ?? 0 : width
        guard !bytes.isEmpty else { return start..<(start + 1) }
        let last = bytes.upperBound <= end ? cell(at: bytes.upperBound - 1)?.end ?? 0 : width
        return start..<max(last, start + 1)
    }

    private func cell(at offset: Int) -> Cell? {
        var low = 0
        var high = cells.count
        while low < high {
            let middle = (low + high) / 2
            if cells[middle].offset <= offset { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? nil : cells[low - 1]
    }

    private mutating func append(_ text: String, width: Int, offset: Int) {
        cells.append(Cell(text: text, column: self.width, width: width, offset: offset))
    }
}

// MARK: Reading

extension ExcerptLine {
    private mutating func fill(_ bytes: [UInt8], _ window: Range<Int>, hiding secrets: [Range<Int>])
    {
        var position = window.lowerBound
        for secret in secrets {
            fill(bytes, position..<secret.lowerBound)
            append(Masking.mask, width: Masking.mask.count, offset: secret.lowerBound)
            position = secret.upperBound
        }
        fill(bytes, position..<window.upperBound)
    }

    private mutating func fill(_ bytes: [UInt8], _ range: Range<Int>) {
        guard !range.isEmpty else { return }
        var (text, offsets) = Self.scalars(of: bytes, range)
        offsets.append(range.upperBound)
        var index = 0
        for character in text {
            let scalars = character.unicodeScalars
            if scalars.contains(where: { TerminalText.spelling(of: $0) != nil }) {
                for (place, scalar) in scalars.enumerated() {
                    appendScalar(scalar, offset: offsets[index + place])
                }
            } else {
                append(
                    String(character), width: TextWidth.columns(of: character),
                    offset: offsets[index])
            }
            index += scalars.count
        }
    }

    private mutating func appendScalar(_ scalar: Unicode.Scalar, offset: Int) {
        if scalar == "\t" {
            let blanks = Self.tabWidth - width % Self.tabWidth
            append(String(repeating: " ", count: blanks), width: blanks, offset: offset)
        } else if let spelling = TerminalText.spelling(of: scalar) {
            append(spelling, width: spelling.count, offset: offset)
        } else {
            let text = String(scalar)
            append(text, width: TextWidth.columns(of: text), offset: offset)
        }
    }

    /// The scalars with the byte each begins at; what is not UTF-8 becomes U+FFFD.
    private static func scalars(
        of bytes: [UInt8], _ range: Range<Int>
    ) -> (text: String, offsets: [Int]) {
        var text = String.UnicodeScalarView()
        var offsets: [Int] = []
        var parser = Unicode.UTF8.ForwardParser()
        var iterator = bytes[range].makeIterator()
        var offset = range.lowerBound
        while true {
            switch parser.parseScalar(from: &iterator) {
            case .valid(let encoded):
                text.append(Unicode.UTF8.decode(encoded))
                offsets.append(offset)
                offset += encoded.count
            case .error(let length):
                text.append("\u{FFFD}")
                offsets.append(offset)
                offset += length
            case .emptyInput:
                return (String(text), offsets)
            }
        }
    }
}

// MARK: Drawing

extension ExcerptLine {
    /// A line as drawn, with the columns of the marked part in it.
    struct Drawing {
        let text: String
        let marked: Range<Int>
    }

    /// The line cut to `width` columns around the bytes that are marked.
    func drawn(marking bytes: Range<Int>, width limit: Int, ellipsis: String) -> Drawing {
        let marked = columns(of: bytes)
        if !isCutBefore, !isCutAfter, width <= limit {
            return Drawing(text: cells.map(\.text).joined(), marked: marked)
        }
        let first = firstColumn(showing: marked, width: limit)
        let lead = first > 0 || isCutBefore ? ellipsis : ""
        let rest = limit - lead.count
        let isCut = isCutAfter || width - first > rest
        let last = first + rest - (isCut ? ellipsis.count : 0)
        var text = lead
        var used = first
        for cell in cells where cell.column >= first && cell.end <= last {
            // Half of a wide character is a blank.
            text += String(repeating: " ", count: max(cell.column - used, 0)) + cell.text
            used = cell.end
        }
        if isCut { text += ellipsis }
        let shift = lead.count - first
        let stop = max(min(marked.upperBound, last), marked.lowerBound + 1)
        return Drawing(text: text, marked: (marked.lowerBound + shift)..<(stop + shift))
    }

    /// Keeps a third of the width in front of the mark, or less where the mark is long.
    private func firstColumn(showing marked: Range<Int>, width limit: Int) -> Int {
        if marked.upperBound + 4 <= limit, !isCutBefore { return 0 }
        let room = max(limit - marked.count - 8, 0)
        return max(marked.lowerBound - min(limit / 3, room), 0)
    }
}
