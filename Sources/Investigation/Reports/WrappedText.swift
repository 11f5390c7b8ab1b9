/// Prose broken into lines; words, and what stands between backticks, are never broken.
enum WrappedText {
    static func lines(_ text: String, width: Int) -> [String] {
        // An indented line is a manifest to be copied, where every blank counts.
        guard !text.hasPrefix(" ") else { return [text] }
        var lines: [String] = []
        var line = ""
        var used = 0
        for piece in pieces(of: text) {
            let columns = TextWidth.columns(of: piece)
            if line.isEmpty {
                line = piece
                used = columns
            } else if used + 1 + columns <= width {
                line += " " + piece
                used += 1 + columns
            } else {
                lines.append(line)
                line = piece
                used = columns
            }
        }
        if !line.isEmpty { lines.append(line) }
        return lines
    }

    /// Words; those of a command in backticks stay together.
    private static func pieces(of text: String) -> [String] {
        var pieces: [String] = []
        var open: [Substring] = []
        for word in text.split(separator: " ") {
            open.append(word)
            let ticks = open.reduce(0) { count, word in count + word.utf8.count { $0 == 0x60 } }
            // A command of more than a dozen words is no command but a stray backtick.
            if ticks.isMultiple(of: 2) || open.count > 12 {
                pieces +=
                    ticks.isMultiple(of: 2)
                    ? [open.joined(separator: " ")] : open.map(String.init)
                open = []
            }
        }
        return pieces + open.map(String.init)
    }
}
