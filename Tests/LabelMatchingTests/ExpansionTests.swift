import LabelMatching
import Testing

@Suite("Filling a template from groups")
struct ExpansionTests {
    @Test(
        "does what Go's Regexp.Expand does",
        arguments: [
            ("$1", "ab"), ("${1}x", "abx"), ("$1x", ""), ("$2-$1", "12-ab"), ("$0", "ab12"),
            ("$$1", "$1"), ("$", "$"), ("a$", "a$"), ("$-", "$-"), ("${1", "${1"), ("${}", "${}"),
            ("${1-}", "${1-}"), ("$word", "ab"), ("${digits}", "12"), ("$nobody", ""),
            ("$3", ""), ("$01", ""), ("$9", ""), ("$99999999999999999999", ""), ("plain", "plain"),
            ("é$1é", "éabé"), ("", ""),
        ])
    func fills(template: String, result: String) throws {
        let regex = try AnchoredRegex("(?P<word>[a-z]+)(?P<digits>[0-9]+)(x)?")
        let captures = try #require(regex.captures(in: Array("ab12".utf8)))
        #expect(captures.filling(ExpansionTemplate(template)) == Array(result.utf8))
    }

    @Test("prefers the first alternative, as Go does, not the longest")
    func leftmostFirst() throws {
        let regex = try AnchoredRegex("(a|ab)(b?)(.*)")
        let captures = try #require(regex.captures(in: Array("abb".utf8)))
        #expect(captures.filling(ExpansionTemplate("$1,$2,$3")) == Array("a,b,b".utf8))
    }

    @Test("needs the whole text to match")
    func anchored() throws {
        let regex = try AnchoredRegex("b")
        #expect(regex.captures(in: Array("abc".utf8)) == nil)
        #expect(regex.matches(Array("b".utf8)[...]))
    }

    @Test("works on an empty text")
    func emptyText() throws {
        let regex = try AnchoredRegex("(.*)")
        let captures = try #require(regex.captures(in: []))
        #expect(captures.filling(ExpansionTemplate("<$1>")) == Array("<>".utf8))
    }
}
