import Hashrings
import Testing

@Suite("Tenant patterns")
struct GlobPatternTests {
    // From Go's path/filepath match_test.go, which defines the syntax.
    @Test(
        "match as filepath.Match does",
        arguments: [
            ("abc", "abc", true), ("*", "abc", true), ("*c", "abc", true), ("a*", "a", true),
            ("a*", "abc", true), ("a*", "ab/c", false), ("a*/b", "abc/b", true),
            ("a*/b", "a/c/b", false), ("a*b*c*d*e*/f", "axbxcxdxe/f", true),
            ("a*b?c*x", "abxbbxdbxebxczzx", true), ("a*b?c*x", "abxbbxdbxebxczzy", false),
            ("ab[c]", "abc", true), ("ab[b-d]", "abc", true), ("ab[e-g]", "abc", false),
            ("ab[^c]", "abc", false), ("ab[^e-g]", "abc", true), ("a\\*b", "a*b", true),
            ("a\\*b", "ab", false), ("a?b", "a☺b", true), ("a[^a]b", "a☺b", true),
            ("a???b", "a☺b", false), ("[a-ζ]*", "α", true), ("*[a-ζ]", "A", false),
            ("a?b", "a/b", false), ("a*b", "a/b", false), ("[\\]a]", "]", true),
            ("[\\-]", "-", true), ("[x\\-]", "x", true), ("[x\\-]", "z", false),
            ("[\\-x]", "-", true), ("*x", "xxx", true), ("", "", true), ("", "a", false),
        ])
    func matching(pattern: String, name: String, expected: Bool) throws {
        #expect(try GlobPattern(pattern).matches(name) == expected)
    }

    @Test(
        "are bad where filepath.Match says so",
        arguments: [
            "[]a]", "[-]", "[x-]", "[-x]", "[a-b-c]", "[", "[^", "[^bc", "a[", "a\\", "[a",
        ])
    func bad(pattern: String) {
        #expect(throws: GlobPattern.SyntaxError.self) { try GlobPattern(pattern) }
    }
}
