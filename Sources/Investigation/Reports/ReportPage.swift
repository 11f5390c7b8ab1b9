/// The lines of a report as they are written, none with blanks at its end.
struct ReportPage {
    private(set) var text = ""

    /// Writes one line without the blanks at its end, so that an empty gutter leaves none.
    mutating func add(_ line: String = "") {
        var end = line.utf8.endIndex
        while end > line.utf8.startIndex {
            let previous = line.utf8.index(before: end)
            guard line.utf8[previous] == UInt8(ascii: " ") else { break }
            end = previous
        }
        text += line[..<end]
        text += "\n"
    }

    /// Writes prose behind a lead; the following lines are indented as far as the lead is wide.
    mutating func addProse(_ prose: String, lead: String = "", indent: Int, width: Int) {
        let lines = WrappedText.lines(prose, width: max(width - indent, 20))
        let blanks = String(repeating: " ", count: indent)
        if lines.isEmpty { add(lead) }
        for (index, line) in lines.enumerated() {
            add((index == 0 ? lead : blanks) + line)
        }
    }

    /// Leaves one blank line, except at the top.
    mutating func separate() {
        guard !text.isEmpty, !text.hasSuffix("\n\n") else { return }
        text += "\n"
    }
}
