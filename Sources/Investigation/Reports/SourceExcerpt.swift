import MarkedYAML

/// A piece of a source with a mark under the part that is meant.
struct SourceExcerpt {
    enum Role {
        /// The place that the finding is about.
        case main(Ink.Tone)
        /// Another place that takes part.
        case secondary
        /// A place that could not be read; its address stands in the headline.
        case unreadable
    }

    /// Ranges of more lines than this are drawn without their middle.
    private static let lineLimit = 5

    private let range: SourceRange
    private let label: String
    private let display: DisplayOptions
    private let bytes: Range<Int>
    private let first: Int
    private let last: Int

    init(of range: SourceRange, label: String, display: DisplayOptions) {
        self.range = range
        self.label = TerminalText.line(label)
        self.display = display
        bytes = Self.trimmed(range)
        first = range.source.mark(at: bytes.lowerBound).line
        last = range.source.mark(at: max(bytes.upperBound - 1, bytes.lowerBound)).line
    }

    /// The digits of the greatest line number.
    var gutterWidth: Int { String(last).count }

    func add(to page: inout ReportPage, role: Role, gutter: Int, ink: Ink) {
        let frame = Frame(gutter: gutter, ink: ink)
        switch role {
        case .main: page.add(frame.arrow("-->") + range.address)
        case .secondary: page.add(frame.arrow(":::") + range.address)
        case .unreadable: break
        }
        page.add(frame.line(nil, ""))
        if first == last {
            addLine(to: &page, role: role, frame: frame)
        } else {
            addLines(to: &page, role: role, frame: frame)
        }
        page.add(frame.line(nil, ""))
    }

    /// The range without the blanks and line breaks at its end, which a block node has.
    private static func trimmed(_ range: SourceRange) -> Range<Int> {
        let source = range.source.bytes
        let bytes = range.bytes.clamped(to: 0..<source.count)
        guard !bytes.isEmpty else {
            let start = min(range.bytes.lowerBound, source.count)
            return start..<start
        }
        var end = bytes.upperBound
        while end > bytes.lowerBound, source[end - 1] <= 0x20 { end -= 1 }
        return bytes.lowerBound..<end
    }

    private func addLine(to page: inout ReportPage, role: Role, frame: Frame) {
        let drawing = drawing(holding: bytes.lowerBound, marking: bytes, frame: frame, margin: 0)
        page.add(frame.line(first, drawing.text))
        let mark = String(repeating: role.sign, count: drawing.marked.count)
        let blanks = String(repeating: " ", count: drawing.marked.lowerBound)
        let words = label.isEmpty ? mark : "\(mark) \(label)"
        page.add(frame.line(nil, blanks + frame.ink.paint(words, role.tone)))
    }

    private func addLines(to page: inout ReportPage, role: Role, frame: Frame) {
        let count = last - first + 1
        var offset = bytes.lowerBound
        for number in first...last {
            let isShown = count <= Self.lineLimit || number < first + 2 || number == last
            if number == last { offset = bytes.upperBound - 1 }
            if isShown {
                let bar = frame.ink.paint(number == first ? "/" : "|", role.tone)
                let start = number == first ? bytes.lowerBound : offset
                let drawing = drawing(
                    holding: offset, marking: start..<(start + 1), frame: frame, margin: 2)
                page.add(frame.line(number, "\(bar) \(drawing.text)"))
                if number == last { addEnd(below: drawing, to: &page, role: role, frame: frame) }
            } else if number == first + 2 {
                page.add(frame.gap + " " + frame.ink.paint("|", role.tone))
            }
            if isShown, number != last { offset = nextLine(after: offset) }
        }
    }

    private func addEnd(
        below drawing: ExcerptLine.Drawing, to page: inout ReportPage, role: Role, frame: Frame
    ) {
        let reach = String(repeating: "_", count: drawing.marked.lowerBound + 1)
        let words = "|\(reach)\(role.sign)" + (label.isEmpty ? "" : " \(label)")
        page.add(frame.line(nil, frame.ink.paint(words, role.tone)))
    }

    private func drawing(
        holding offset: Int, marking marked: Range<Int>, frame: Frame, margin: Int
    ) -> ExcerptLine.Drawing {
        ExcerptLine(range.source, holding: offset).drawn(
            marking: marked, width: max(display.width - frame.width - margin, 20),
            ellipsis: frame.ink.ellipsis)
    }

    private func nextLine(after offset: Int) -> Int {
        let source = range.source.bytes
        guard let end = source[offset...].firstIndex(where: SecretScanner.endsLine) else {
            return source.count
        }
        let isPair = end + 1 < source.count && source[end] == 0x0D && source[end + 1] == 0x0A
        return end + (isPair ? 2 : 1)
    }
}

extension SourceExcerpt.Role {
    var sign: String {
        switch self {
        case .main, .unreadable: "^"
        case .secondary: "-"
        }
    }

    var tone: Ink.Tone {
        switch self {
        case .main(let tone): tone
        case .secondary: .blue
        case .unreadable: .red
        }
    }
}

/// The margin with line numbers.
private struct Frame {
    let gutter: Int
    let ink: Ink

    /// Columns before the text of a line.
    var width: Int { gutter + 3 }

    var gap: String { "..." + String(repeating: " ", count: max(gutter - 1, 0)) }

    func line(_ number: Int?, _ text: String) -> String {
        let digits = number.map(String.init) ?? ""
        let blanks = String(repeating: " ", count: max(gutter - digits.count, 0))
        return "\(blanks)\(ink.paint(digits, .dim)) \(ink.paint("|", .dim)) \(text)"
    }

    func arrow(_ sign: String) -> String {
        String(repeating: " ", count: gutter) + ink.paint(sign, .dim) + " "
    }
}
