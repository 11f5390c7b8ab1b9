import MarkedYAML

extension SourceRange {
    /// `file:line:column`, as editors and terminals make links of it.
    var address: String {
        let start = start
        return "\(TerminalText.line(source.name)):\(start.line):\(start.column)"
    }
}
