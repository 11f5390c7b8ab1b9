import LabelMatching
import Testing

/// The texts are those of Go's `regexp/syntax` for the same patterns.
@Suite("A pattern that does not compile")
struct RegexErrorTests {
    @Test(
        "is refused in Go's words",
        arguments: [
            ("a(", "missing closing ): `a(`"),
            ("[a", "missing closing ]: `[a`"),
            ("a)", "unexpected ): `a)`"),
            ("*", "missing argument to repetition operator: `*`"),
            ("a**", "invalid nested repetition operator: `**`"),
            (#"a\8"#, #"invalid escape sequence: `\8`"#),
            (#"a\"#, "trailing backslash at end of expression: ``"),
            ("[b-a]", "invalid character class range: `b-a`"),
            ("a{1001}", "invalid repeat count: `{1001}`"),
            ("(?z)", "invalid or unsupported Perl syntax: `(?z`"),
            (#"\pX"#, #"invalid character class range: `\pX`"#),
        ])
    func words(pattern: String, text: String) {
        let error = #expect(throws: RegexError.self) {
            try LabelMatcher(.matches, "label", pattern)
        }
        #expect(error?.message == "error parsing regexp: \(text)")
    }

    @Test("shows the anchors of relabelling")
    func anchors() {
        let error = #expect(throws: RegexError.self) { try AnchoredRegex("a(") }
        #expect(error?.message == "error parsing regexp: missing closing ): `^(?s:a()$`")
    }

    @Test("costs bounded memory")
    func tooLarge() {
        let repeated = String(repeating: #"\pL{900}"#, count: 40)
        let error = #expect(throws: RegexError.self) { try AnchoredRegex(repeated) }
        #expect(error?.message.hasPrefix("error parsing regexp: expression too large") == true)
    }

    @Test("nests as deep as it likes without harm")
    func nesting() throws {
        let depth = 100_000
        let nested =
            String(repeating: "(", count: depth) + String(repeating: ")", count: depth)
        #expect(try AnchoredRegex(nested).matches([]))
    }
}
