import Evidence
import Testing

@Suite("Logfmt")
struct LogfmtLineTests {
    @Test("values are unquoted and unescaped")
    func quoted() {
        let line = LogfmtLine(#"ts=1 level=error err="mkdir /a: permission denied\ncreate" x=y"#)
        #expect(line["level"] == "error")
        #expect(line["err"] == "mkdir /a: permission denied\ncreate")
        #expect(line["x"] == "y")
        #expect(line["absent"] == nil)
    }

    @Test("a value whose closing quote was cut off reaches to the end")
    func unterminated() {
        #expect(
            LogfmtLine(#"err="mkdir /a: permission denied"#)["err"] == "mkdir /a: permission denied"
        )
    }

    @Test("of keys that repeat the last one counts")
    func repeated() {
        #expect(LogfmtLine("component=a component=b")["component"] == "b")
    }

    @Test(
        "anything else is no field and no crash",
        arguments: ["", "=", "= =", "\"", "a", "a=", "\\", "a=\"\\", "{\"json\": true}", "\u{0}"])
    func hostile(_ text: String) {
        _ = LogfmtLine(text)["a"]
    }
}
