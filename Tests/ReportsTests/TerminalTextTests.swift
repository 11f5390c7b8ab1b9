import Testing

@testable import Reports

@Suite("Text from outside is harmless to a terminal")
struct TerminalTextTests {
    @Test(
        "Control and deceptive characters are spelled out",
        arguments: [
            ("a\u{1B}[31mb", "a\\x1b[31mb"), ("a\u{7}\u{8}", "a\\x07\\x08"), ("\u{7F}", "\\x7f"),
            ("\u{9B}2J", "\\u009b2J"), ("a\u{202E}b", "a\\u202eb"), ("\u{2066}", "\\u2066"),
            ("one\ntwo\r", "one\\ntwo\\r"), ("a\tb", "a  b"),
            ("zero\u{200B}width", "zero\\u200bwidth"),
            ("x\u{E0041}", "x\\ue0041"),
        ])
    func spellsOut(_ text: String, _ shown: String) {
        #expect(TerminalText.line(text) == shown)
    }

    @Test("Letters of every script stay", arguments: ["é", "e\u{301}", "모니터링", "👩‍💻", "می‌خواهم"])
    func staysAsItIs(_ text: String) {
        #expect(TerminalText.line(text) == text)
    }

    @Test("Lines are split, whichever break ends them")
    func splitsLines() {
        #expect(TerminalText.lines("a\r\nb\n\nc\n") == ["a", "b", "", "c"])
    }

    @Test(
        "Width is counted in columns",
        arguments: [
            ("abc", 3), ("é", 1), ("e\u{301}", 1), ("모니터링", 8), ("👩‍💻", 2), ("❤️", 2), ("🇰🇷", 2),
            ("ｱ", 1), ("漢字a", 5), ("", 0),
        ])
    func countsColumns(_ text: String, _ columns: Int) {
        #expect(TextWidth.columns(of: text) == columns)
    }

    @Test("Prose is wrapped at blanks only, and a command in backticks is one word")
    func wraps() {
        #expect(
            WrappedText.lines("see deploy/overlays/cluster-01/receiver.yaml for it", width: 12)
                == ["see", "deploy/overlays/cluster-01/receiver.yaml", "for it"])
        #expect(
            WrappedText.lines("run `kubectl get pods -A` and look", width: 14)
                == ["run", "`kubectl get pods -A`", "and look"])
        #expect(WrappedText.lines("a ` stray tick", width: 8) == ["a `", "stray", "tick"])
    }

    @Test("Wide characters count twice when prose is wrapped")
    func wrapsWideCharacters() {
        #expect(WrappedText.lines("모니터 링크 a", width: 11) == ["모니터 링크", "a"])
        #expect(WrappedText.lines("모니터 링크 a", width: 10) == ["모니터", "링크 a"])
    }
}
