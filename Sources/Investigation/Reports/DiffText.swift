/// A unified diff as it is shown: every line as it is, added and removed lines in colour.
enum DiffText {
    static func lines(_ diff: String, ink: Ink) -> [String] {
        TerminalText.lines(diff).map { line in
            if line.hasPrefix("+++") || line.hasPrefix("---") { return ink.paint(line, .strong) }
            if line.hasPrefix("+") { return ink.paint(line, .green) }
            if line.hasPrefix("-") { return ink.paint(line, .red) }
            return line
        }
    }
}
