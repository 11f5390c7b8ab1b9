/// A text report as it comes through a pipe: 80 columns, no colour.
struct TextPage {
    private let lines: [String]

    init(_ text: String) { lines = text.split(separator: "\n").map(String.init) }

    /// Lines beyond 80 columns that could have been broken.
    ///
    /// Commands, paths, diffs and source are never broken, nor are the headings of compiler
    /// messages, which tools read line by line.
    var overlongProse: [String] {
        var isDiff = false
        return lines.filter { line in
            if line.contains("--- a/") { isDiff = true }
            if line.contains(/^ *=\s/) || line.trimmed.isEmpty { isDiff = false }
            return line.count > 80 && !isDiff && !Self.isUnbreakable(line)
        }
    }

    private static func isUnbreakable(_ line: String) -> Bool {
        let isSource = line.contains(/^ *\d* *\|/)
        let isPlace = line.contains(/^ *(-->|:::)\s/)
        let isHeading = line.contains(/^(critical|error|warning|info)(\[|: )/)
        let isCommand = line.contains("$ ")
        return isSource || isPlace || isHeading || isCommand || !line.trimmed.contains(" ")
    }

    /// Whether an escape character stands anywhere.
    var isColoured: Bool { lines.contains { $0.contains("\u{1B}") } }
}
